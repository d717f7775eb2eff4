"""`voxport redaction check`: what would be covered in a file, and the sound as it would be served."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.rooms.audio.recordings import decoded
from tests.rooms.workflow.test_keyed_calls import keyed_recording
from voxport.audio.keyed_tones import find_keyed_tones
from voxport.cli.errors import CommandFailed
from voxport.cli.redaction import _plans, app
from voxport.core.audio import PcmArray


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording in which nothing is said and four digits are keyed."""
    monkeypatch.setenv("VOXPORT_MODEL", "tiny.en")
    monkeypatch.setenv("VOXPORT_DATA", str(tmp_path / "data"))
    path = tmp_path / "call.wav"
    path.write_bytes(keyed_recording())
    return path


def test_it_prints_each_span_and_writes_the_sound_once(call: Path, tmp_path: Path) -> None:
    output = tmp_path / "redacted.wav"
    arguments = ["check", str(call), "--detector", "number", "--level", "numbersOnly", "--output", str(output)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    (line,) = [line for line in result.stdout.splitlines() if "\t" in line]
    begin, end, detector = line.split("\t")
    assert (float(begin) < 0.5, float(end) > 0.9, detector) == (True, True, "Number")
    _, files = decoded(output.read_bytes())
    assert not find_keyed_tones(PcmArray(files.channel(1)))
    again = CliRunner().invoke(app, arguments)
    assert isinstance(again.exception, CommandFailed)


def test_a_folder_that_is_not_there_is_said_before_anything_is_recognised(call: Path, tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["check", str(call), "--output", str(tmp_path / "nowhere" / "redacted.wav")])
    assert isinstance(refused.exception, CommandFailed)
    assert "is no folder" in str(refused.exception)


def test_only_spans_stand_on_standard_output(call: Path) -> None:
    program = [sys.executable, "-m", "voxport", "redaction", "check", str(call), "--detector", "Number"]
    ended = subprocess.run(program, capture_output=True, text=True, check=True, timeout=120)
    assert [line.split("\t")[2] for line in ended.stdout.splitlines()] == ["Number"]
    assert "would be covered" in ended.stderr


def test_kinds_of_details_are_chosen(call: Path) -> None:
    """The four digits that are keyed are nobody's name, and no detector that finds one kind has kinds to choose."""
    chosen = CliRunner().invoke(app, ["check", str(call), "--detector", "PII", "--kinds", "Name, dateofbirth"])
    assert chosen.exit_code == 0, chosen.output
    plans = _plans(["PII", "PCI"], "Name, dateofbirth", None, "en-US")
    assert [plan.kinds for plan in plans] == [("name", "dateOfBirth"), ()]
    for detector, kinds, said in [("PII", "name,hats", "each one of name, address"), ("PCI", "name", "--detector PII")]:
        refused = CliRunner().invoke(app, ["check", str(call), "--detector", detector, "--kinds", kinds])
        assert isinstance(refused.exception, CommandFailed)
        assert said in str(refused.exception)


def test_what_cannot_be_checked_is_said(call: Path) -> None:
    unknown = CliRunner().invoke(app, ["check", str(call), "--detector", "hats"])
    assert isinstance(unknown.exception, CommandFailed)
    assert "PCI, SSN, Number, PII" in str(unknown.exception)
    call.write_bytes(b"no sound")
    unreadable = CliRunner().invoke(app, ["check", str(call)])
    assert isinstance(unreadable.exception, CommandFailed)
