"""Terms as strings: what is read from them, and that what is written is read back."""

from __future__ import annotations

import pytest

from voxport.core.plan import VocabularyTerm
from voxport.wire.reading.vocabulary_rules import AskedTerm, vocabulary_term
from voxport.wire.v2beta.terms import read_term, write_term


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Voxport", AskedTerm("Voxport", [])),
        ("Voxport;vox port,fox port", AskedTerm("Voxport", ["vox port", "fox port"])),
        ("Voxport;vox port,fox port;3", AskedTerm("Voxport", ["vox port", "fox port"], 3)),
        ("Voxport;2", AskedTerm("Voxport", [], 2)),
        (" Voxport ; vox port , ; 4 ", AskedTerm("Voxport", ["vox port"], 4)),
        ("Voxport;;3", AskedTerm("Voxport", [], 3)),
        ("Voxport;vox;much", AskedTerm("Voxport", ["vox"], "much")),
        ("Voxport;2;3", AskedTerm("Voxport", [], "2;3")),
        (";2", AskedTerm("", [], 2)),
    ],
)
def test_what_a_string_says(written: str, asked: AskedTerm) -> None:
    assert read_term(written) == asked


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (VocabularyTerm("Voxport"), "Voxport"),
        (VocabularyTerm("Voxport", weight=2), "Voxport;2"),
        (VocabularyTerm("Voxport", ("vox port", "fox port"), 5), "Voxport;vox port,fox port;5"),
        (VocabularyTerm("Catch-22", ("22",)), "Catch-22;22,"),
        (VocabularyTerm("Catch-22", ("22",), 1), "Catch-22;22,;1"),
        (VocabularyTerm("Catch-22", ("20", "2")), "Catch-22;20,2"),
    ],
)
def test_what_is_written_is_read_back(term: VocabularyTerm, written: str) -> None:
    assert write_term(term) == written
    assert vocabulary_term(read_term(written)) == term


def test_what_parts_a_term_cannot_stand_in_it() -> None:
    written = write_term(VocabularyTerm("a;b", ("c, d", "e;1"), 2))
    assert written == "a b;c d,e 1;2"
