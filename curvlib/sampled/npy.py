"""NPY and NPZ by their headers: the shape is compared with the bytes that are
there before an array is made.
"""

import io
import re
import zipfile
import zlib

import numpy as np

from curvlib.arrays import Floats
from curvlib.sampled.samples_error import SamplesError

MAX_CELLS = 4_000_000
"""The most numbers of one array."""

MAX_MEMBERS = 16
"""The most arrays of an NPZ file; this project writes up to fourteen."""

MAX_HEADER = 1000
"""Bytes of an NPY header; one of an array of numbers has about 120."""

HEADER = re.compile(
    r"\{'descr': '([<>|=][a-zA-Z]\d{0,3})', 'fortran_order': (True|False), 'shape': \(((?:\d{1,9},? ?){0,4})\), \}\s*",
    re.ASCII,
)
NUMBERS = re.compile(r"[<>|=](?:f[248]|[iu][1248])", re.ASCII)
HEADER_LENGTHS = {1: 2, 2: 4, 3: 4}
"""Bytes of the header's length, by the version of the format."""


def array(data: bytes) -> Floats:
    """The array of an NPY file as float64.

    Raises:
        SamplesError: not an array of real numbers, or not as many bytes as it says.
    """
    descr, fortran, shape, start = _header(data)
    if not NUMBERS.fullmatch(descr):
        raise SamplesError(
            f"The array holds values of type {descr}; real numbers are read: float16 to float64, and integers."
        )
    dtype = np.dtype(descr)
    cells = 1
    for side in shape:
        cells *= side
    if cells > MAX_CELLS:
        raise SamplesError(f"The array has {cells:,} numbers; up to {MAX_CELLS:,} are read.")
    if len(data) - start != cells * dtype.itemsize:
        raise SamplesError(
            f"The file is broken: its header promises {cells * dtype.itemsize:,} bytes, {len(data) - start:,} follow."
        )
    return np.frombuffer(data, dtype, offset=start).reshape(shape, order="F" if fortran else "C").astype(float)


def _header(data: bytes) -> tuple[str, bool, tuple[int, ...], int]:
    """Type, order, shape, and where the numbers begin."""
    size = HEADER_LENGTHS.get(data[6] if len(data) > 7 else 0)
    if size is None or not data.startswith(b"\x93NUMPY"):
        raise SamplesError("This is not an NPY file that the program knows.")
    start = 8 + size
    length = int.from_bytes(data[8:start], "little")
    if length > MAX_HEADER:
        raise SamplesError("The header of the array is too long for one of numbers.")
    found = HEADER.fullmatch(data[start : start + length].decode("latin-1"))
    if not found:
        raise SamplesError(
            "The header of the array is not that of a grid of numbers; structured and object arrays are not read."
        )
    descr, fortran, shape = found.groups()
    return descr, fortran == "True", tuple(int(side) for side in re.findall(r"\d+", shape)), start + length


def members(data: bytes) -> dict[str, Floats]:
    """The arrays of numbers of an NPZ file, by name; f, u and v alone where there is an f, text is
    left out.

    Raises:
        SamplesError: no ZIP file, or packed in a way, so often or so tightly that it is not
            unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_MEMBERS:
                raise SamplesError(f"The NPZ file has {len(entries)} members; up to {MAX_MEMBERS} are read.")
            names = {entry.filename.removesuffix(".npy"): entry for entry in entries}
            wanted = {name: names[name] for name in "fuv" if name in names} if "f" in names else names
            unpacked = {name: _unpacked(archive, entry) for name, entry in wanted.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OverflowError, ValueError) as error:
        raise SamplesError("The NPZ file is broken.") from error
    return {name: array(held) for name, held in unpacked.items() if "f" in names or NUMBERS.fullmatch(_header(held)[0])}


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A member, never more than the largest array has;
    what its entry says of its size is not believed.
    """
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
        raise SamplesError(
            "The NPZ file is packed or encrypted in a way that is not read; "
            "numpy.savez and savez_compressed write what is."
        )
    most = 8 * MAX_CELLS + MAX_HEADER + 12
    with archive.open(entry) as member:
        held = member.read(most + 1)
    if len(held) > most:
        raise SamplesError(f"An array of the NPZ file has more than {MAX_CELLS:,} numbers.")
    return held
