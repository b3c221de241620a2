"""One message to the browser: a header of JSON and arrays of single precision behind it, deflated
together.

    0       4          4 + n
    | n     | header   | first bytes | second bytes | third bytes | fourth bytes | doubles

n is an unsigned 32-bit number, little end first. `header["arrays"]` holds for each array its name,
its shape and where it starts among all the numbers. Neighbours on a grid differ little: each
number, its bits taken as an integer, is sent as its difference from the one before, the sign in the
lowest bit, and all first bytes lie together, then all second ones, and so on. That takes a third
off what deflate alone leaves.

An array that single precision would spoil (a window far from 0, a loss with a large offset, 1e300)
is marked as double; such arrays follow, as they are, behind the `header["singles"]` single ones,
where they start counting anew.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from curvlib.arrays import AnyFloats, Floats, Ints, Singles

FLOAT32 = 3e38
"""The largest single-precision number."""

FLOAT64 = 1.7e308
"""The same for double precision; larger values are sent as this."""

SPOILED = 1e-5
"""The error of single precision, as a share of the numbers' spread, above which an array is sent in
double precision.
"""

LEVEL = 1
"""The level of deflate: the higher ones take longer and save 2 %."""


def pack(header: Mapping[str, Any], arrays: Mapping[str, AnyFloats | Ints]) -> bytes:
    """The message; arrays of any shape, NaN kept.

    >>> unpack(pack({"n": 1}, {"z": np.eye(2)}))[1]["z"].shape
    (2, 2)
    """
    listing, numbers = [], {"<f4": [np.empty(0)], "<f8": [np.empty(0)]}
    for name, values in arrays.items():
        exact = np.clip(np.asarray(values, dtype=float), -FLOAT64, FLOAT64)
        blocks = numbers["<f8" if is_spoiled(exact) else "<f4"]
        listing.append(
            {
                "name": name,
                "shape": list(exact.shape),
                "start": sum(block.size for block in blocks),
                "double": blocks is numbers["<f8"],
            }
        )
        blocks.append(exact.ravel())
    singles, doubles = (np.concatenate(blocks).astype(kind) for kind, blocks in numbers.items())
    head = {**header, "arrays": listing, "singles": singles.size}
    text = json.dumps(head, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(struct.pack("<I", len(text)) + text + _planes(singles) + doubles.tobytes(), LEVEL)


def is_spoiled(values: Floats) -> bool:
    """True if single precision would take from an array what is seen of it; of pairs (n, 2), from
    either column.

    >>> is_spoiled(1e6 + np.linspace(0, 1e-4, 5)), is_spoiled(np.linspace(0, 1e6, 5))
    (True, False)
    >>> is_spoiled(np.array([0, 1e300]))
    True
    """
    columns = values.reshape(-1, values.shape[-1] if values.ndim > 1 and values.shape[-1] == 2 else 1)
    if not columns.size or np.isnan(columns).all(axis=0).any():
        return False
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        error = np.nanmax(np.abs(columns - columns.astype("<f4")), axis=0) / 2
        high, low = np.nanmax(columns, axis=0), np.nanmin(columns, axis=0)
    spread = high / 2 - low / 2  # halves: the whole may be more than a number holds
    spread = np.where(spread > 0, spread, np.abs(high / 2))  # a constant has its own size
    return bool((error > SPOILED * spread).any())


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, AnyFloats]]:
    """Header and arrays of a message: what the browser does, for tests."""
    plain = zlib.decompress(message)
    (length,) = struct.unpack_from("<I", plain)
    header = json.loads(plain[4 : 4 + length])
    end = 4 + length + 4 * header["singles"]
    singles, doubles = _floats(plain[4 + length : end]), np.frombuffer(plain[end:], "<f8")
    arrays = {}
    for entry in header["arrays"]:
        size = int(np.prod(entry["shape"], dtype=int))
        arrays[entry["name"]] = (doubles if entry["double"] else singles)[
            entry["start"] : entry["start"] + size
        ].reshape(entry["shape"])
    return header, arrays


def _planes(floats: Singles) -> bytes:
    bits = floats.view("<i4")
    steps = np.diff(bits, prepend=np.zeros(1, dtype="<i4"))
    folded = (steps << 1) ^ (steps >> 31)
    return folded.view(np.uint8).reshape(-1, 4).T.tobytes()


def _floats(planes: bytes) -> Singles:
    folded = np.frombuffer(planes, np.uint8).reshape(4, -1).T.copy().view("<u4")[:, 0]
    steps = (folded >> 1).view("<i4") ^ -(folded & 1).view("<i4")
    return np.cumsum(steps, dtype="<i4").view("<f4")
