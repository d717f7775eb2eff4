"""The sections of a plan on their way through a decoding session, each saved when it is done.

A section that an earlier attempt has saved is taken over. A few sections are under way at once, so that the engine's
batches stay full at their borders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voxport.core.errors import StageInterrupted
from voxport.core.transcript import Word
from voxport.speech.decoding_session import DecodingSession
from voxport.speech.language_identification import Stretch
from voxport.speech.sections import Checkpoint, Section, SectionWords, load_section, save_section

_SECTIONS_AHEAD = 4
"""Sections that the engine has in hand, so that its batches stay full where one ends."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came of the segments of a plan."""

    words: dict[int, tuple[Word, ...]] = field(default_factory=dict)
    """By number of the segment."""
    languages: list[Stretch] = field(default_factory=list)
    """What was heard of the languages, where that was asked for."""


@dataclass(frozen=True, slots=True)
class SectionStore:
    """Where the sections of one plan are kept."""

    checkpoint: Checkpoint
    digest: str
    """Of the plan and vocabulary: sections of another one are not taken over."""


def decode_sections(
    session: DecodingSession,
    sections: Sequence[Section],
    store: SectionStore,
    report: Callable[[int], None],
    interrupted: Callable[[], bool],
) -> Decoded:
    """Decodes sections in order, and closes the session; `report` is told how many segments are done.

    The first few are handed in together: the engine would else begin with a small batch and leave small ones behind.
    Raises StageInterrupted soon after `interrupted()` turns true; what is done stays in the store.
    """
    decoded = Decoded()
    waiting: list[Section] = []
    unsent: list[Section] = []

    def keep(section: Section, saved: SectionWords) -> None:
        decoded.words.update(zip(section.segments, saved.words, strict=True))
        decoded.languages.extend(saved.languages)
        report(len(decoded.words))

    def finish(section: Section) -> None:
        _check(interrupted)
        words = tuple(session.collect(section.segments, interrupted))
        saved = SectionWords(store.digest, words, tuple(session.languages(section.segments)))
        save_section(store.checkpoint, section, saved)
        keep(section, saved)

    try:
        for section in sections:
            _check(interrupted)
            if (saved := load_section(store.checkpoint, section, store.digest)) is not None:
                session.resume(section.segments, saved.words)
                keep(section, saved)
                continue
            unsent.append(section)
            if len(waiting) + len(unsent) < _SECTIONS_AHEAD:
                continue
            _send(session, unsent, waiting)
            if len(waiting) > _SECTIONS_AHEAD:
                finish(waiting.pop(0))
        _send(session, unsent, waiting)
        for section in waiting:
            finish(section)
    finally:
        session.close()
    return decoded


def _send(session: DecodingSession, unsent: list[Section], waiting: list[Section]) -> None:
    session.submit([number for section in unsent for number in section.segments])
    waiting.extend(unsent)
    unsent.clear()


def _check(interrupted: Callable[[], bool]) -> None:
    if interrupted():
        raise StageInterrupted("recognition was asked to stop")
