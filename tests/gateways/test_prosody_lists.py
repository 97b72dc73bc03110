"""A list that Prosody was killed in the middle of writing is readable up to there."""

from __future__ import annotations

import pytest

from gateways.prosody_lists import mend_lists

FIRST = b'item({\n\t["body"] = "buy milk);\\\nand bread";\n});\n'
SECOND = b'item({\n\t["body"] = "done";\n});\n'


@pytest.fixture
def archive(tmp_path):
    file = tmp_path / "localhost/archive/assistant.list"
    file.parent.mkdir(parents=True)
    return file


@pytest.mark.parametrize("length", range(1, len(SECOND)))
def test_half_an_item_is_cut_off_wherever_it_ends(archive, tmp_path, length):
    archive.write_bytes(FIRST + SECOND[:length])

    mend_lists(tmp_path)

    assert archive.read_bytes() == FIRST


@pytest.mark.parametrize("whole", [b"", FIRST, FIRST + SECOND])
def test_what_is_whole_is_left_alone(archive, tmp_path, whole):
    archive.write_bytes(whole)

    mend_lists(tmp_path)

    assert archive.read_bytes() == whole


def test_half_of_the_only_item_leaves_nothing(archive, tmp_path):
    archive.write_bytes(FIRST[:20])

    mend_lists(tmp_path)

    assert archive.read_bytes() == b""


def test_other_files_are_left_alone(archive, tmp_path):
    roster = archive.with_name("assistant.dat")
    roster.write_bytes(b"return {")

    mend_lists(tmp_path)

    assert roster.read_bytes() == b"return {"


def test_an_index_is_left_for_prosody_to_make_anew(archive, tmp_path):
    archive.write_bytes(FIRST)
    index = archive.with_suffix(".lidx")
    index.write_bytes(b"of another length")

    mend_lists(tmp_path)

    assert not index.exists()
