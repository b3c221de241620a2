"""One message to the browser: a header of JSON and arrays of single precision behind it, as bytes.

    0       4          4 + n                          (padded with blanks to a multiple of 4)
    | n     | header   | array | array | …

n is an unsigned 32-bit number, little end first; so are the floats. `header["arrays"]` holds for each array its name, its shape and where it
starts, counted in floats from the end of the header.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

FLOAT32 = 3e38
"""What a single-precision number can hold; larger values are sent as this."""


def pack(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """The message; arrays of any shape, clipped to single precision, NaN kept.

    >>> unpack(pack({"n": 1}, {"z": np.eye(2)}))[1]["z"].shape
    (2, 2)
    """
    listing, blocks, start = [], [], 0
    for name, values in arrays.items():
        block = np.ascontiguousarray(np.clip(values, -FLOAT32, FLOAT32), dtype="<f4")
        listing.append({"name": name, "shape": list(block.shape), "start": start})
        blocks.append(block.tobytes())
        start += block.size
    text = json.dumps({**header, "arrays": listing}, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return b"".join([struct.pack("<I", len(text)), text, *blocks])


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Header and arrays of a message: what the browser does, for tests."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    floats = np.frombuffer(message, dtype="<f4", offset=4 + length)
    arrays = {}
    for entry in header["arrays"]:
        size = int(np.prod(entry["shape"], dtype=int))
        arrays[entry["name"]] = floats[entry["start"] : entry["start"] + size].reshape(entry["shape"])
    return header, arrays
