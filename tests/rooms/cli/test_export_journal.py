"""The journal of a batch: what the next run knows, whatever the run before died of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from voxport.cli.errors import CommandFailed
from voxport.cli.export.journal import ACCEPTED, BEGUN, DELIVERED, REFUSED, Journal
from voxport.cli.export.recordings import Naming, Recording


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    (tmp_path / "one.wav").write_bytes(b"sound")
    return Naming().recording(str(tmp_path / "one.wav"), None, {})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "batch.journal"


def journal(path: Path, *, server: str = "https://a", attach: bool = False) -> Journal:
    return Journal(path, server, "calls", attach=attach)


def test_the_next_run_knows_every_step(path: Path, recording: Recording) -> None:
    with journal(path) as first:
        assert first.entry(recording) is None
        first.begun(recording, "mark-1")
    with journal(path) as second:
        begun = second.entry(recording)
        assert begun is not None
        assert (begun.step, begun.export_id, begun.media_id) == (BEGUN, "mark-1", None)
        second.accepted(recording, "m-1")
    with journal(path) as third:
        accepted = third.entry(recording)
        assert accepted is not None
        assert (accepted.step, accepted.export_id, accepted.media_id) == (ACCEPTED, "mark-1", "m-1")
        assert accepted.begun_s == begun.begun_s
        third.delivered(recording)
    with journal(path) as fourth:
        delivered = fourth.entry(recording)
        assert delivered is not None
        assert (delivered.step, delivered.media_id) == (DELIVERED, "m-1")
        fourth.refused(recording)
        assert fourth.entry(recording).step == REFUSED  # type: ignore[union-attr]


def test_other_servers_other_bytes_and_attachments_are_other_things(path: Path, recording: Recording) -> None:
    with journal(path) as first:
        first.begun(recording, "mark-1")
        first.accepted(recording, "m-1")
    with journal(path, server="https://b") as elsewhere:
        assert elsewhere.entry(recording) is None
    with journal(path, attach=True) as attached:
        assert attached.entry(recording) is None
    recording.path.write_bytes(b"sound")
    os.utime(recording.path, (1, 1))
    with journal(path) as copied:
        assert copied.entry(recording) is not None
    for other in (b"SOUND", b"other sound"):
        recording.path.write_bytes(other)
        with journal(path) as changed:
            assert changed.entry(recording) is None


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_torn_last_line_is_a_step_that_was_not_taken(path: Path, recording: Recording, cut: int) -> None:
    with journal(path) as first:
        first.begun(recording, "mark-1")
        first.accepted(recording, "m-1")
    path.write_bytes(path.read_bytes()[:-cut])
    with journal(path) as second:
        entry = second.entry(recording)
        assert entry is not None
        assert entry.step == (ACCEPTED if cut == 1 else BEGUN)
        second.accepted(recording, "m-2")
    with journal(path) as third:
        again = third.entry(recording)
        assert again is not None
        assert (again.step, again.media_id) == (ACCEPTED, "m-2")


def test_two_exports_cannot_use_one_journal_at_once(path: Path) -> None:
    with journal(path), pytest.raises(CommandFailed, match="under way"):
        journal(path).__enter__()
    with journal(path):
        pass


def test_another_file_is_not_taken_for_a_journal(path: Path, tmp_path: Path) -> None:
    path.write_text("dear diary")
    with pytest.raises(CommandFailed, match="is not a journal"):
        journal(path).__enter__()
    assert path.read_text() == "dear diary"
    with pytest.raises(CommandFailed, match="cannot be written"):
        journal(tmp_path / "nowhere" / "j").__enter__()


def test_what_is_no_file_is_not_read_as_one(tmp_path: Path) -> None:
    for path, told in ((Path("/dev/full"), "is no file"), (tmp_path, "is no file")):
        with pytest.raises(CommandFailed, match=told), journal(path):
            pass


def test_it_holds_nothing_that_is_worth_anything_to_others(path: Path, recording: Recording) -> None:
    with journal(path) as first:
        first.begun(recording, "mark-1")
    text = path.read_text()
    assert "Signature" not in text
    assert "sound" not in text
