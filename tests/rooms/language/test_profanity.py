"""Listed words become three dots; everything else stays as it is."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from voxport.core.transcript import Transcript, Turn, Word, WordKind
from voxport.language.profanity import MASK, english, filter_profanity


def said(*texts: str) -> Transcript:
    """A turn for each text; commas and full stops are marks."""
    turns = []
    for place, text in enumerate(texts):
        parts = text.replace(",", " ,").replace(".", " .").split()
        words = (
            Word(part, 100 * at, 100 * at + 90, 0.5, WordKind.PUNCTUATION if part in ",." else WordKind.WORD)
            for at, part in enumerate(parts)
        )
        turns.append(Turn(place % 2, f"Speaker{place % 2}", tuple(words)))
    return Transcript("en-US", tuple(turns), (), "test")


def shown(text: str, *extra: str) -> str:
    (turn,) = filter_profanity(said(text), extra).turns
    return turn.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("you bastard", "you ..."),
        ("You BASTARD, you Bastards.", "You ..., you ...."),
        ("the bastard's car and the bastard’s house", "the ... car and the ... house"),
        ("those bastards' cars", "those ... cars"),
        ("fuckin' hell", "... ..."),
        ("he bitched, he is bitching, she bitches", "he ..., he is ..., she ..."),
        ("pussies", "..."),
        ("shittiest service of all", "... service of all"),
        ("that is bull-shit and a fuck-up", "that is ... and a ..."),
        ("what the f***ing s*** is this", "what the ... ... is this"),
        ("son of a bitch", "... ... ... ..."),
        ("sod off, will you", "... ..., will you"),
        ("bugger, off", "..., ..."),
    ],
)
def test_listed_words_in_every_form(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe, Penistone and Lightwater",
        "Mister Dickens of Essex and Hancock",
        "the assessment of a classic bass",
        "cockpit, cocktail and peacock",
        "a shiitake in a shuttle",
        "son of a gun",
        "sod the lawn",
        "turn the knob, hello Shelly",
        "an eight-digit number, 4 * 4",
        "[redacted] 555-0142",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert filter_profanity(said(text)) == said(text)


def test_a_phrase_does_not_reach_over_turns() -> None:
    transcript = said("what the", "sod", "off it goes")
    assert filter_profanity(transcript) == transcript


def test_only_the_text_changes() -> None:
    word = Word("bastard", 1_200, 1_700, 0.8, measured=False)
    transcript = replace(said("oh"), turns=(Turn(1, "Caller", (word,)),))
    ((hidden,),) = (turn.words for turn in filter_profanity(transcript).turns)
    assert hidden == replace(word, text=MASK)


@pytest.mark.parametrize(
    ("text", "extra", "expected"),
    [
        ("crikey, Crikey, crikeys", ("crikey",), "..., ..., crikeys"),
        ("Gordon Bennett met Gordon", ("gordon  BENNETT",), "... ... met Gordon"),
        ("the bugaboo's end", ("Bugaboo",), "the ... end"),
        ("O'Brien's and O’Brien", ("o’brien's",), "... and ..."),
        ("nothing here", ("", "  "), "nothing here"),
        ("you bastard", ("crikey",), "you ..."),
    ],
)
def test_further_words(text: str, extra: tuple[str, ...], expected: str) -> None:
    assert shown(text, *extra) == expected


def test_the_longest_phrase_counts() -> None:
    assert shown("new york city and new york", "york", "new york city") == "... ... ... and new ..."


def test_the_list() -> None:
    assert len(english()) >= 400
    assert all(entry and all(word == word.lower().strip() for word in entry) for entry in english())
    lines = files("voxport.language").joinpath("profanity-en.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    assert len(entries) == len(set(entries))
    assert {entry.rpartition("/")[2] for entry in entries} == {"n", "v", "d", "a"}


def test_no_entry_escapes() -> None:
    """Each form is hidden whole where it is said."""
    for entry in english():
        text = " ".join(entry)
        assert shown(text) == " ".join([MASK] * len(entry)), text
