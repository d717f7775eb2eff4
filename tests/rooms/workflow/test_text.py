"""Words as they are shown: numbers by the rules of the language in which they were said."""

from __future__ import annotations

from voxport.core.plan import TextPlan
from voxport.core.transcript import LanguagePassage, Span, Transcript, Turn, Word
from voxport.workflow.stages.text import written


def test_numbers_of_each_language_are_written_by_its_own_rules() -> None:
    said = "I have twenty five tengo treinta y cinco"
    words = tuple(Word(text, place * 1000, place * 1000 + 900, 0.9) for place, text in enumerate(said.split()))
    passage = LanguagePassage(0, Span(4000, 7900), "es", 0.9)
    transcript = Transcript("en-US", (Turn(0, None, words),), (), "test", passages=(passage,))
    assert written(transcript, TextPlan(), ()).turns[0].text == "I have 25 tengo 35"
