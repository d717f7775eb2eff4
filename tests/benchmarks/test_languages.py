"""Pieces in other languages count as noticed where most of them is marked, those in the asked one as false alarms."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks import languages_corpus
from benchmarks.contest import Outcome
from benchmarks.corpus import Recording
from benchmarks.halves import Half
from benchmarks.language_rows import language_rows
from benchmarks.languages_corpus import ENGLISH_PROMPTS, PROMPTS, Voices, prompts_in, script
from benchmarks.peers import Passage, Taken
from benchmarks.telephone import write
from benchmarks.voices import RATE_HZ


def outcome(turns: list[tuple[str, int, int]], *passages: Passage) -> Outcome:
    said = [
        {"speaker": "a", "channel": 0, "s": s, "e": e, "text": "", "language": language} for language, s, e in turns
    ]
    recording = Recording(Path("x.wav"), {"language": "en-US", "turns": said})
    return Outcome(recording, {"ours": Taken([], 0.0, 0.0, passages)})


def test_pieces_are_counted_by_language() -> None:
    outcomes = [
        outcome([("en", 0, 1000), ("fr", 1000, 2000), ("en", 2000, 3000)], Passage(0, 1300, 2100, "fr")),
        outcome([("de", 0, 1000), ("de", 1000, 2000)], Passage(0, 0, 400, "de"), Passage(1, 1000, 2000, "de")),
        outcome([("en", 0, 1000), ("en", 1000, 2000)], Passage(0, 0, 900, "ja")),
    ]
    noticed, false = language_rows("report", outcomes, "ours")
    assert noticed.figure == "report: pieces in another language that are noticed (de 0/2, fr 1/1)"
    assert noticed.measured == pytest.approx(100 / 3)
    assert false.measured == pytest.approx(25)
    assert (noticed.reached, false.reached) == ("NO", "NO")


def test_without_pieces_there_is_no_row() -> None:
    assert language_rows("report", [], "ours") == []


def test_calls_of_prompts_switch_the_language_stay_in_it_or_never_use_it(tmp_path: Path) -> None:
    for folder in (ENGLISH_PROMPTS, PROMPTS[Half.CHOOSE]["fr"]):
        (tmp_path / folder).mkdir()
        for number, seconds in enumerate((0.5, 2, 2, 2, 2, 2, 2)):
            sound = np.full((round(seconds * RATE_HZ), 1), 1000 * (number + 1), np.int16)
            write(tmp_path / folder / f"{number}.wav", sound)
    (tmp_path / ENGLISH_PROMPTS / "broken.gsm").touch()
    assert len(prompts_in(tmp_path / ENGLISH_PROMPTS)) == 6
    chance = random.Random(1)  # noqa: S311 - nothing secret
    voices = Voices(Half.CHOOSE, tmp_path, chance)
    calls = [
        [piece.language for piece in script(voices, "fr", number, chance)]
        for number in range(languages_corpus.CALLS_EACH)
    ]
    assert [sorted(set(call)) for call in calls] == [["en", "fr"], ["en", "fr"], ["fr"], ["en"]]
    assert calls[0][:2] == calls[0][-2:] == ["en", "en"]


def test_the_halves_share_no_sentence() -> None:
    phrases = languages_corpus._phrases()
    for language in languages_corpus.LANGUAGES:
        choose, report = ({one["text"] for one in phrases[half][language]} for half in Half)
        assert len(choose) == len(report) == 6
        assert not choose & report
