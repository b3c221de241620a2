"""The door for files: what comes in, and what is turned away before it can do harm."""

import io
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given, strategies as st

from curvlib import Grid, evaluate, parse
from curvlib.files import archive
from curvlib.files.writers import write_csv, write_npz
from curvlib.sampled import SamplesError, files, npy, read, tables
from pages.ui.explorer import downloads

VALUES = np.arange(56, dtype=float).reshape(7, 8) ** 2


def npy_bytes(array, **options):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.asarray(array), **options)
    return buffer.getvalue()


def npz_bytes(compressed=True, **arrays):
    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, **arrays)
    return buffer.getvalue()


@pytest.mark.parametrize("dtype", ["<f8", ">f8", "<f4", "<f2", "<i4", ">i8", "|u1"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_of_real_numbers_is_read_as_numpy_reads_it(dtype, order):
    given_ = np.asarray(VALUES % 100, dtype=dtype, order=order)
    np.testing.assert_array_equal(read(npy_bytes(given_)).values, given_.astype(float))


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_each_version_of_npy_is_read(version):
    np.testing.assert_array_equal(read(npy_bytes(VALUES, version=version)).values, VALUES)


@pytest.mark.parametrize("compressed", [False, True])
def test_npz_with_coordinates_brings_its_window(compressed):
    samples = read(
        npz_bytes(
            compressed, f=VALUES, u=np.linspace(-1, 1, 8), v=np.linspace(0, 3, 7, dtype="f4"), about=np.array("words")
        )
    )
    assert (samples.u_range, samples.v_range) == ((-1.0, 1.0), (0.0, 3.0))
    assert samples.grid().shape == (7, 8)


def test_npz_with_one_array_needs_no_name():
    np.testing.assert_array_equal(read(npz_bytes(loss=VALUES, title=np.array("text"))).values, VALUES)


@pytest.mark.parametrize("write", [archive.of_fields, lambda fields, grid, *formula: downloads.as_csv(fields, grid)])
def test_files_of_the_explorer_come_back_whole(write):
    loss, grid = parse("sin(u)/v"), Grid((-1, 2), (-2, 2), (9, 11))
    fields = evaluate(loss, grid)
    samples = read(write(fields, grid, loss, {}))
    np.testing.assert_array_equal(samples.values, fields.f)
    assert samples.u_range == pytest.approx(grid.u_range)
    assert samples.v_range == pytest.approx(grid.v_range)


@pytest.mark.parametrize(("write", "name"), [(write_npz, "fields.npz"), (write_csv, "fields.csv")])
def test_files_of_the_command_line_come_back_whole(write, name, tmp_path):
    loss, grid = parse("a*sin(u)/v"), Grid((-1, 2), (-2, 2), (9, 11))
    fields = evaluate(loss, grid, {"a": 2})
    write(tmp_path / name, loss, grid, {"a": 2.0}, fields)
    samples = read((tmp_path / name).read_bytes())
    np.testing.assert_array_equal(samples.values, fields.f)
    assert samples.u_range == pytest.approx(grid.u_range)


@pytest.mark.parametrize("mark", [",", ";", "\t", " ", ", ", "   "])
def test_tables_are_read_whatever_keeps_the_cells_apart(mark):
    text = "# a comment\n" + "\n".join(mark.join(f"{x:.17g}" for x in row) for row in VALUES) + "\n\n"
    np.testing.assert_array_equal(read(text.encode()).values, VALUES)


def test_empty_cells_and_nan_are_missing_losses():
    rows = [["1"] * 7 for _ in range(7)]
    rows[0][1], rows[2][3] = "", "NaN"
    values = read("\n".join(",".join(row) for row in rows).encode()).values
    assert np.argwhere(np.isnan(values)).tolist() == [[0, 1], [2, 3]]


def text(cell="1", rows=7, columns=7):
    return "\n".join([",".join([cell] * columns)] * rows).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n \t", "empty"),
        (b"# only words\n", "no numbers"),
        (b"\xff\xfe\x00", "UTF-8"),
        (text("1_0"), "'1_0' is not a number"),
        (text("0x10"), "not a number"),
        (text("\u0663"), "not a number"),
        (text("=1+1"), "not a number"),
        (text("1e99999"), "not a number"),
        (text("1j"), "not a number"),
        (text("9" * 60), "not a number"),
        ("\n".join(["1,5;2,5"] * 7).encode(), "decimal comma"),
        (b"1,2,3\n1,2\n", "Line 2 has 2 cells"),
        (text(rows=6), "7 to"),
        (text(columns=6), "7 to"),
        (text("nan"), "None of the losses"),
        (b"u,v,f\n0,0,1\n", "must be several"),
        (b"u,v,f\n0,0,1\n1,1,1\n0,1,2\n", "not a whole grid"),
        (b"u,v,f\n0,0,1\n0,0,1\n1,1,1\n1,0,2\n", "not a whole grid"),
        (b"u,v,f\n" + "\n".join(f"{u * u},{v},1" for u in range(7) for v in range(7)).encode(), "even steps"),
    ],
)
def test_text_that_is_no_grid_is_refused_with_its_reason(data, words):
    with pytest.raises(SamplesError, match=words):
        read(data)


class Planted:
    """Leaves a trace where it is unpickled."""

    ran = False

    def __reduce__(self):
        return (setattr, (Planted, "ran", True))


def test_a_planted_pickle_does_not_run():
    for data in (
        npy_bytes(np.array([Planted()] * 49, dtype=object).reshape(7, 7)),
        npz_bytes(f=np.array([Planted()], dtype=object)),
    ):
        with pytest.raises(SamplesError, match="type"):
            read(data)
    assert not Planted.ran


def forged(shape, descr="<f8", body=b"\0" * 8, length=None):
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + (length or len(header)).to_bytes(2, "little") + header + body


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (forged("(999999999, 999999999)"), "up to 4,000,000"),
        (forged("(2000, 2001)"), "up to 4,000,000"),
        (forged("(7, 7)"), "promises 392 bytes, 8 follow"),
        (forged("(7, 7)", body=b"\0" * 393), "393 follow"),
        (forged("(7, 7)", "<c16"), "type <c16"),
        (forged("(7, 7)", "|O"), "type"),
        (forged("(7, 7)", "|V8"), "type"),
        (forged("(7, 7)", "<f16"), "type"),
        (forged("(__import__('os').getpid(), 7)"), "header"),
        (forged("(7, 7)", length=60_000), "too long"),
        (forged("(49,)", body=b"\0" * 392), "two axes"),
        (forged("()", body=b"\0" * 8), "two axes"),
        (forged("(7, 7, 1)", body=b"\0" * 392), "two axes"),
        (forged("(6, 7)", body=b"\0" * 336), "7 to"),
        (b"\x93NUMPY", "not an NPY file"),
        (b"\x93NUMPY\x09\x00\x10\x00", "not an NPY file"),
        (b"PK\x03\x04 nothing", "broken"),
        (npz_bytes(f=VALUES)[:-30], "broken"),
        (npz_bytes(a=VALUES, b=VALUES), "a, b"),
        (npz_bytes(f=VALUES, u=np.linspace(0, 1, 8) ** 2), "even steps"),
        (npz_bytes(f=VALUES, u=np.linspace(1, 0, 8)), "even steps"),
        (npz_bytes(f=VALUES, u=np.zeros((2, 2))), "list of numbers"),
        (npz_bytes(**{f"a{i}": VALUES for i in range(npy.MAX_MEMBERS + 1)}), "members"),
    ],
)
def test_binary_files_that_lie_are_refused(data, words):
    with pytest.raises(SamplesError, match=words):
        read(data)


def test_as_many_members_as_allowed_are_read():
    arrays = {f"a{i}": np.array("text") for i in range(npy.MAX_MEMBERS - 1)}
    np.testing.assert_array_equal(read(npz_bytes(f=VALUES, **arrays)).values, VALUES)


def test_a_member_that_unpacks_beyond_the_limit_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(npy, "MAX_CELLS", 1000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("f.npy", b"\0" * 10_000_000)
    with pytest.raises(SamplesError, match="more than 1,000"):
        read(buffer.getvalue())


def test_the_limit_of_cells_is_met_and_not_passed(monkeypatch):
    monkeypatch.setattr(npy, "MAX_CELLS", 56)
    monkeypatch.setattr(files, "MAX_CELLS", 56)
    assert read(npy_bytes(VALUES)).values.size == 56
    with pytest.raises(SamplesError):
        read(npy_bytes(np.zeros((7, 9))))


def test_the_limit_of_a_tables_cells_is_met_and_not_passed(monkeypatch):
    monkeypatch.setattr(tables, "MAX_CELLS", 56)
    assert read(text(rows=8, columns=7)).values.size == 56
    with pytest.raises(SamplesError, match="more than 56 cells"):
        read(text(rows=9, columns=7))


@pytest.mark.parametrize(("length", "fits"), [(npy.MAX_HEADER, True), (npy.MAX_HEADER + 1, False)])
def test_the_limit_of_a_header_is_met_and_not_passed(length, fits):
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (7, 8), }".ljust(length)
    data = b"\x93NUMPY\x01\x00" + length.to_bytes(2, "little") + header + VALUES.tobytes()
    if fits:
        np.testing.assert_array_equal(read(data).values, VALUES)
    else:
        with pytest.raises(SamplesError, match="too long"):
            read(data)


@pytest.mark.parametrize(("share", "fits"), [(0.9, True), (1.1, False)])
def test_coordinates_may_be_off_an_even_grid_by_so_much(share, fits):
    u = np.arange(8.0)
    u[3] += share * tables.EVENNESS
    if fits:
        assert read(npz_bytes(f=VALUES, u=u)).u_range == (0, 7)
    else:
        with pytest.raises(SamplesError, match="even steps"):
            read(npz_bytes(f=VALUES, u=u))


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_npz_is_read_or_answered_with_a_sentence(hits):
    data = bytearray(npz_bytes(f=VALUES, u=np.arange(8.0)))
    for place, byte in hits:
        data[place % len(data)] = byte
    try:
        answer = str(read(bytes(data)).values.ndim)
    except SamplesError as error:
        answer = str(error)
    assert answer == "2" or answer.endswith(".")


@pytest.mark.parametrize("offset", [2**63 - 1, 2**63, 2**64 - 1])
def test_a_member_said_to_lie_beyond_all_addresses_makes_a_broken_file(offset):
    data = npz_bytes(f=VALUES)
    central, end = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    extra = struct.pack("<HHQ", 1, 8, offset)  # ZIP64: the offset that the entry has no room for
    entry, closing = bytearray(data[central:end]), bytearray(data[end:])
    entry[42:46], entry[30:32] = b"\xff" * 4, struct.pack("<H", len(extra))
    closing[12:16] = struct.pack("<L", len(entry) + len(extra))
    with pytest.raises(SamplesError, match="broken"):
        read(data[:central] + entry + extra + closing)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packings_are_refused(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("f.npy", npy_bytes(VALUES))
    with pytest.raises(SamplesError, match="packed"):
        read(buffer.getvalue())


def test_a_member_that_is_encrypted_is_refused():
    data = bytearray(npz_bytes(f=VALUES))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(SamplesError, match="packed or encrypted"):
        read(bytes(data))


def test_the_limit_of_bytes_is_met_and_not_passed(monkeypatch):
    data = npy_bytes(VALUES)
    monkeypatch.setattr(files, "MAX_BYTES", len(data))
    read(data)
    with pytest.raises(SamplesError, match="up to"):
        read(data + b"\0")


@given(st.binary(max_size=300), st.sampled_from([b"", b"\x93NUMPY\x01\x00", b"PK\x03\x04", b"u,v,f\n"]))
def test_whatever_the_bytes_the_answer_is_samples_or_a_sentence(data, start):
    try:
        answer = str(read(start + data).values.ndim)
    except SamplesError as error:
        answer = str(error)
    assert answer == "2" or answer.endswith(".")
