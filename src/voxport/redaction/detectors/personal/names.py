"""Names: which words of an answer are one, and where a part of one is said again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.personal.questions import introductions, lead_words, spelling_words
from voxport.redaction.detectors.personal.spelling import spelled_in
from voxport.redaction.dialogue.lines import Dialogue, Line

_PRONOUN = "I"


@dataclass(frozen=True, slots=True)
class NameOptions:
    """Which words are a name. All values are judgements."""

    least_token: int = 3
    """Letters of a part of a name that is known again: shorter ones are words of all kinds."""
    most_words: int = 4
    """Words of a name that was not spelled: more are a sentence."""
    misspelled_words: int = 8
    """Words behind "that is" after a name, which are its letters however they were heard."""


def name_in(line: Line, words: Sequence[int], options: NameOptions) -> tuple[int, ...]:
    """Of an answer: the first words up to the end of the sentence, and what is spelled in it and after it."""
    first = line.sentences[words[0]]
    lead = lead_words(line.language)
    sentence = [index for index in words if line.sentences[index] == first]
    spelled = spelled_in(line, words).words
    named = [
        index for index in sentence[: options.most_words] if line.words[index].text != _PRONOUN or index in spelled
    ]
    named = [index for index in named if line.words[index].text[:1].isupper() or index in spelled] or (
        [] if len(words) > options.most_words else [index for index in named if line.plain_words[index] not in lead]
    )
    return tuple(sorted({*named, *spelled, *_misspelled(line, sentence, named, options)}))


def _misspelled(line: Line, sentence: Sequence[int], named: Sequence[int], options: NameOptions) -> Sequence[int]:
    """What stands behind "that is" or "spelled" right after a name: recognisers write letters as words."""
    if not named:
        return ()
    behind = [index for index in sentence if index > named[-1]]
    leading = next(
        (at for at, index in enumerate(behind) if line.plain_words[index] not in spelling_words(line.language)), 0
    )
    return behind[leading : options.misspelled_words] if leading else ()


def tokens_of(line: Line, words: Sequence[int], options: NameOptions) -> frozenset[str]:
    """The parts of a name by which it is known again, what was spelled put together."""
    spelled = spelled_in(line, words).text
    plain = (line.plain_words[index] for index in words if line.words[index].text[:1].isupper())
    whole = {_bare(word) for word in (*plain, spelled)}
    return frozenset(
        word for word in whole if len(word) >= options.least_token and word not in lead_words(line.language)
    )


def said_again(dialogue: Dialogue, named: Iterable[Match]) -> Iterator[Match]:
    """Every place where a part of a name is said, written as a name is; not where who never told it introduces himself
    by it, as an agent of the same first name does."""
    told: dict[str, set[int]] = {}
    for match in named:
        for token in match.tokens:
            told.setdefault(token, set()).add(match.channel)
    for line in dialogue.lines.values():
        for index, word in enumerate(line.words):
            bare = _bare(line.plain_words[index])
            if bare not in told or not word.text[:1].isupper():
                continue
            if line.channel in told[bare] or not _introduces(line, index):
                yield match_of_words(line, [index], "", frozenset({bare}))


def _introduces(line: Line, index: int) -> bool:
    """Whether a name is that of who speaks: "this is Grace", "Daniel speaking"."""
    before, after = introductions(line.language)
    return line.before(index, len(before)) == tuple(reversed(before)) or line.after(index)[:1] == after


def _bare(word: str) -> str:
    return word.removesuffix("'s").strip("'")
