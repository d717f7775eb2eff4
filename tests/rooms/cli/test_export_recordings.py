"""Which recordings are exported, under which keys, with which metadata; and the report of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from voxport.cli.errors import CommandFailed
from voxport.cli.export.manifest import Outcome, read_manifest, write_report
from voxport.cli.export.recordings import Naming, Recording, Row, collect


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder tree, seen from above it."""
    for name in ("june/one.wav", "june/deep/two.MP3", "june/.hidden.wav", "june/notes.txt", "july/three.flac"):
        path = tmp_path / "calls" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path / "calls"


def keys(recordings: list[Recording]) -> list[str]:
    return [recording.key for recording in recordings]


def test_a_key_is_the_name_with_its_extension_and_json(calls: Path) -> None:
    (one,) = collect(["calls/june/one.wav"], [], Naming())
    assert (one.key, one.attachment_key, one.written, one.name) == (
        "one.wav.json", "one.wav", "calls/june/one.wav", "one.wav",
    )  # fmt: skip
    (below,) = collect([str(calls / "june/one.wav")], [], Naming(prefix="/2031/calls/"))
    assert (below.key, below.attachment_key) == ("2031/calls/one.wav.json", "2031/calls/one.wav")


def test_folders_give_recordings_and_named_files_are_taken_as_they_are(calls: Path) -> None:
    assert keys(collect(["calls"], [], Naming())) == ["three.flac.json", "two.MP3.json", "one.wav.json"]
    assert keys(collect(["calls"], [], Naming(keep_folders=True))) == [
        "july/three.flac.json", "june/deep/two.MP3.json", "june/one.wav.json",
    ]  # fmt: skip
    assert keys(collect(["calls/june/notes.txt"], [], Naming())) == ["notes.txt.json"]


def test_patterns_and_folders_meet_without_sending_twice(calls: Path) -> None:
    found = collect(["calls/**/*.wav", "calls/june", "./calls/june/one.wav"], [], Naming())
    assert keys(found) == ["one.wav.json", "two.MP3.json"]
    assert keys(collect(["calls/j*/deep/*"], [], Naming(keep_folders=True))) == ["june/deep/two.MP3.json"]


def test_two_recordings_of_one_key_are_refused(calls: Path) -> None:
    (calls / "july/one.wav").write_bytes(b"another")
    with pytest.raises(CommandFailed, match=r"calls/july/one\.wav and calls/june/one\.wav .* --keep-folders"):
        collect(["calls"], [], Naming())
    assert len(collect(["calls"], [], Naming(keep_folders=True))) == 4


@pytest.mark.parametrize("prefix", ["..", "a/../b", "./a", "a/."])
def test_a_key_that_a_client_would_resolve_is_refused(calls: Path, prefix: str) -> None:
    with pytest.raises(CommandFailed, match=r"calls/june/one\.wav would be .* cannot hold"):
        collect(["calls/june/one.wav"], [], Naming(prefix=prefix))
    assert keys(collect(["calls/june/one.wav"], [], Naming(prefix="..a/b.."))) == ["..a/b../one.wav.json"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["calls/none.wav", "calls/june/one.wav"], r"These are no files: calls/none\.wav\."),
        (["calls/*.ogg"], r"Nothing matches calls/\*\.ogg"),
        (["calls/empty"], "There is no recording in calls/empty"),
        ([], "no recording to export"),
    ],
)
def test_what_is_not_there_is_reported(calls: Path, arguments: list[str], told: str) -> None:
    (calls / "empty").mkdir()
    with pytest.raises(CommandFailed, match=told):
        collect(arguments, [], Naming())


def test_a_manifest_gives_metadata_in_both_forms(calls: Path) -> None:
    table = Path("rows.csv")
    table.write_text('\ufefffile,externalId,extended.team\ncalls/june/one.wav,"c,1",north\n\n', "utf-8")
    lines = Path("rows.ndjson")
    lines.write_text('{"file":"calls/june/one.wav","externalId":"c,1","extended":{"team":"north","n":1}}\n\n', "utf-8")
    assert read_manifest(table) == [Row("calls/june/one.wav", {"externalId": "c,1", "extended": {"team": "north"}})]
    (row,) = read_manifest(lines)
    assert row.metadata["extended"] == {"team": "north", "n": 1}
    (recording,) = collect([], [row], Naming())
    assert recording.metadata == row.metadata
    lines.write_text('{"file":"calls/june/one.wav","title":"first\u2028second\x85third"}\r\n', "utf-8")
    assert [row.metadata for row in read_manifest(lines)] == [{"title": "first\u2028second\x85third"}]


def test_what_a_manifest_says_counts_also_where_the_recording_was_named(calls: Path) -> None:
    described = Row("./calls/june/one.wav", {"title": "One"})
    found = collect(["calls"], [described, described], Naming(keep_folders=True))
    assert [recording.metadata for recording in found] == [{}, {}, {"title": "One"}]
    assert found[2].key == "june/one.wav.json"
    with pytest.raises(CommandFailed, match=r"two different things of calls/june/one\.wav"):
        collect([], [described, Row("calls/june/one.wav", {"title": "Two"})], Naming())


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rows.csv", "file,team\na.wav,x\n", "line 2: unknown column team"),
        ("rows.csv", "file\na.wav,x\n", "line 2: more values"),
        ("rows.csv", "externalId\nx\n", "line 2: no file"),
        ("rows.csv", "file,title,title\na.wav,x,y\n", "line 1: the column title stands more than once"),
        ("rows.csv", "file,extended.exportId\na.wav,x\n", "line 2: extended.exportId is the mark"),
        ("rows.jsonl", '{"file": 3}\n', "line 1: no file"),
        ("rows.jsonl", '{"file": "a"}\n{"file":\n', "line 2: not JSON"),
        ("rows.jsonl", '["a"]\n', "line 1: not an object"),
        ("rows.jsonl", '{"file": "a", "title": 3}\n', "line 1: title is not a string"),
        ("rows.xlsx", "", "named .csv, .jsonl or .ndjson"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(calls: Path, name: str, text: str, told: str) -> None:
    Path(name).write_text(text, "utf-8")
    with pytest.raises(CommandFailed, match=told):
        read_manifest(Path(name))


@pytest.mark.parametrize("name", ["report.csv", "report.jsonl"])
def test_a_report_is_a_manifest_again(calls: Path, name: str) -> None:
    rows = [Row("calls/june/one.wav", {"externalId": "1", "extended": {"team": "north"}}), Row("calls/july/three.flac")]
    one, three = collect([], rows, Naming())
    outcomes = [
        Outcome(one, "delivered", True, "m-1", attached=True),
        Outcome(three, "refused", False, error='10201: "unreadable",\nreally'),
    ]
    write_report(Path(name), outcomes)
    assert read_manifest(Path(name)) == rows
    if name == "report.csv":
        first, second = csv.DictReader(io.StringIO(Path(name).read_bytes().decode(), newline=""))
        assert (first["mediaId"], first["attachmentKey"], first["status"]) == ("m-1", "one.wav", "delivered")
        assert (second["attachmentKey"], second["error"]) == ("", '10201: "unreadable",\nreally')
