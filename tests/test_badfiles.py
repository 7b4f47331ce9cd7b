"""The bad files are bad in the way that they say, and cost nothing to make."""

import io
import zipfile
import zlib

import pytest

from badfiles import BAD, KINDS, form, huge
from badparts import bomb, deflated, picture_bomb, sheets
from badtexts import ROWS

CONTAINER = b"\xd0\xcf\x11\xe0"


@pytest.mark.parametrize("key", BAD)
def test_every_bad_file_is_small_and_has_its_kind(key):
    """A few megabytes at most, the same bytes each time; names are their own, so that all fit into one folder."""
    bad = BAD[key]
    data = bad.make()
    assert bad.kind in KINDS and len(data) < 8 * 2**20
    assert sum(other.name == bad.name for other in BAD.values()) == 1
    assert (bad.kind == "none") <= bad.comes_in


@pytest.mark.parametrize("key", [key for key, bad in BAD.items() if bad.kind in ("too-deep", "doctype", "outside", "none", "path", "double")])
def test_what_is_hostile_is_whole(key):
    """These are zips that open without a complaint: they are refused for what is in them, not for being broken."""
    data = BAD[key].make()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None


def test_bombs_are_what_they_say():
    """A small one unpacks to its size; the big ones say a gigabyte, or a lie, on less than two megabytes."""
    assert zlib.decompress(deflated(3 * 2**20 + 7, b" ", b"<x>", b"</x>"), -15) == b"<x>" + b" " * (3 * 2**20 + 7) + b"</x>"
    for says, least, most in ((None, 2**30, 2**31), (4000, 4000, 4000)):
        data = bomb(2**30, says=says)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = archive.getinfo("word/document.xml")
        start = entry.header_offset + 30 + len(entry.filename)
        assert zlib.decompressobj(-15).decompress(data[start:], 9) == b"<?xml ver"
        assert least <= entry.file_size <= most and len(data) < 2 * 2**20


def test_a_picture_bomb_is_a_whole_picture():
    """A small one of the same making is read to its last point."""
    from PIL import Image

    with Image.open(io.BytesIO(picture_bomb(77, 33))) as image:
        assert image.size == (77, 33) and image.convert("L").getextrema() == (0, 0)


def test_containers_and_nested_tables_are_small():
    """An old container has its head and its names; 3,000 tables take about four kilobytes."""
    data = BAD["encrypted"].make()
    assert data.startswith(CONTAINER) and "EncryptedPackage".encode("utf-16le") in data and len(data) % 512 == 0
    assert "WordDocument".encode("utf-16le") in BAD["doc-as-docx"].make()
    assert len(BAD["nested-tables"].make()) < 6000


def test_a_flag_says_that_a_part_is_encrypted():
    """The one part of encrypted-member has the flag, in its own head and in the directory."""
    with zipfile.ZipFile(io.BytesIO(BAD["encrypted-member"].make())) as archive:
        assert archive.infolist()[0].flag_bits & 1
        with pytest.raises(RuntimeError, match="encrypted"):
            archive.read("word/document.xml")


def test_the_good_ones_are_good(tmp_path):
    """The form and the sheet that bad ones are made of open whole; the huge one is a hole."""
    for data in (form(), sheets(ROWS)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
    path = huge(tmp_path)
    assert path.stat().st_size == 200 * 2**20 and path.stat().st_blocks * 512 < 2**20
