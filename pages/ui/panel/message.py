"""One message to the browser: a header of JSON and arrays of single precision behind it, deflated together.

    0       4          4 + n
    | n     | header   | first bytes | second bytes | third bytes | fourth bytes |

n is an unsigned 32-bit number, little end first. `header["arrays"]` holds for each array its name, its shape and where it starts among all the
numbers. Neighbours on a grid differ little: each number, its bits taken as an integer, is sent as its difference from the one before, the sign
in the lowest bit, and all first bytes lie together, then all second ones, and so on. That takes a third off what deflate alone leaves.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

FLOAT32 = 3e38
"""What a single-precision number can hold; larger values are sent as this."""

LEVEL = 1
"""Of deflate's: the higher ones take longer and save 2 %."""


def pack(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """The message; arrays of any shape, clipped to single precision, NaN kept.

    >>> unpack(pack({"n": 1}, {"z": np.eye(2)}))[1]["z"].shape
    (2, 2)
    """
    listing, blocks, start = [], [np.empty(0, dtype="<f4")], 0
    for name, values in arrays.items():
        block = np.ascontiguousarray(np.clip(values, -FLOAT32, FLOAT32), dtype="<f4")
        listing.append({"name": name, "shape": list(block.shape), "start": start})
        blocks.append(block.ravel())
        start += block.size
    text = json.dumps({**header, "arrays": listing}, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(struct.pack("<I", len(text)) + text + _planes(np.concatenate(blocks)), LEVEL)


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Header and arrays of a message: what the browser does, for tests."""
    plain = zlib.decompress(message)
    (length,) = struct.unpack_from("<I", plain)
    header = json.loads(plain[4 : 4 + length])
    floats = _floats(plain[4 + length :])
    arrays = {}
    for entry in header["arrays"]:
        size = int(np.prod(entry["shape"], dtype=int))
        arrays[entry["name"]] = floats[entry["start"] : entry["start"] + size].reshape(entry["shape"])
    return header, arrays


def _planes(floats: np.ndarray) -> bytes:
    bits = floats.view("<i4")
    steps = np.diff(bits, prepend=np.zeros(1, dtype="<i4"))
    folded = (steps << 1) ^ (steps >> 31)
    return folded.view(np.uint8).reshape(-1, 4).T.tobytes()


def _floats(planes: bytes) -> np.ndarray:
    folded = np.frombuffer(planes, np.uint8).reshape(4, -1).T.copy().view("<u4")[:, 0]
    steps = (folded >> 1).view("<i4") ^ -(folded & 1).view("<i4")
    return np.cumsum(steps, dtype="<i4").view("<f4")
