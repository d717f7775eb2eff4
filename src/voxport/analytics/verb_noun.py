"""Verb-noun pairs: what people say is done to what, with what negates it and whether it was asked.

In English they are read from the dependencies of the pipeline: a verb with its object, the subject of a passive, or the
noun behind its preposition; in Spanish by the shallow grammar of `verb_noun_spanish`. Lemmas are lower case. Pronouns
are no nouns, so "cancel it" gives no pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from voxport.analytics.call_text import CallText
from voxport.analytics.casing import known_names
from voxport.analytics.english_pipeline import Parsed, Token
from voxport.analytics.names import find_names
from voxport.analytics.verb_noun_spanish import spanish_pairs
from voxport.analytics.word_lists import read_word_lists
from voxport.core.findings import EntityType, SpeakerVerbNounPairs, VerbNounPair
from voxport.core.transcript import Span, Word, WordKind

_OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "attr"})
_NEGATIONS = {"n't": "not", "n’t": "not", "nt": "not", "not": "not", "never": "never", "no": "no", "neither": "neither",
              "hardly": "hardly"}  # fmt: skip


def find_verb_noun_pairs(call: CallText) -> tuple[SpeakerVerbNounPairs, ...]:
    """For each speaker, in order of first speech, the pairs in order of time; speakers without any are left out.

    English and Spanish, empty in other languages. `span` is from the start of the earlier word to the end of the later.
    """
    find = _FINDERS.get(call.language)
    if find is None:
        return ()
    pairs: dict[tuple[int, str | None], list[VerbNounPair]] = {(turn.channel, turn.speaker): [] for turn in call.turns}
    for index, pair in find(call):
        turn = call.turns[index]
        pairs[turn.channel, turn.speaker].append(pair)
    return tuple(
        SpeakerVerbNounPairs(speaker, tuple(sorted(found, key=lambda pair: pair.span.start_ms)))
        for (_, speaker), found in pairs.items()
        if found
    )


def _english(call: CallText) -> Iterator[tuple[int, VerbNounPair]]:
    named = {
        (name.turn, word)
        for name in find_names(call)
        if name.type in (EntityType.PERSON, EntityType.LOCATION)
        for word in range(name.first, name.last + 1)
    }
    questions: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for sentence in call.sentences:
        if sentence.question:
            questions[sentence.turn].append((sentence.first, sentence.last))
    for turn in call.turns:
        for pair in _english_of(call, turn.index, named, questions[turn.index]):
            yield turn.index, pair


def _english_of(
    call: CallText, index: int, named: set[tuple[int, int]], questions: list[tuple[int, int]]
) -> Iterator[VerbNounPair]:
    parsed, words, turn = call.parsed[index], call.token_words[index], call.turns[index]
    for place in range(len(parsed.tokens)):
        verb_at = None if (index, words[place]) in named else _verb_of(parsed, place)
        if verb_at is None or turn.hidden(words[place]) or turn.hidden(words[verb_at]):
            continue
        first, last = sorted((words[place], words[verb_at]))
        spans = turn.span(first, first), turn.span(last, last)
        yield VerbNounPair(
            span=Span(spans[0].start_ms, max(span.end_ms for span in spans)),
            verb=_lemma(parsed, verb_at),
            noun=parsed.tokens[place].lemma,
            verb_negation=_negation_of_verb(parsed, verb_at),
            noun_negation=_negation_of_noun(parsed, place),
            question=any(begin <= words[verb_at] <= end for begin, end in questions),
        )


def _verb_of(parsed: Parsed, place: int) -> int | None:
    """The verb that a noun is the object of; None where there is none worth telling."""
    tokens = parsed.tokens
    noun = tokens[place]
    lists = read_word_lists("verb-noun-en")
    # Greeting verbs say nothing of the call behind "thank you for"; empty ones say nothing anywhere.
    empty = lists["empty_nouns"] | known_names()["days"] | known_names()["months"]
    if noun.pos not in ("NOUN", "PROPN") or noun.lemma in empty or not noun.text[0].isalpha():
        return None
    at = place
    while tokens[at].dependency == "conj" and tokens[tokens[at].head].pos in ("NOUN", "PROPN"):
        at = tokens[at].head
    head = tokens[at].head
    if tokens[at].dependency == "pobj" and tokens[head].dependency in ("prep", "agent"):
        verb = tokens[head].head
        direct = any(t.head == verb and t.dependency in ("dobj", "nsubjpass") for t in tokens)
        if direct:
            return None
        head = verb
    elif tokens[at].dependency not in _OBJECTS:
        return None
    greeting = tokens[head].lemma in lists["greeting_verbs"] and head > 0 and tokens[head - 1].text.lower() == "for"
    worth = tokens[head].pos == "VERB" and tokens[head].lemma not in lists["empty_verbs"] and not greeting
    owns = tokens[head].lemma == "have" and tokens[at].dependency == "dobj"
    return head if worth or owns else None


def _lemma(parsed: Parsed, verb_at: int) -> str:
    """With its particle: `hang up`."""
    particle = next((t.lemma for t in parsed.tokens if t.head == verb_at and t.dependency == "prt"), "")
    return f"{parsed.tokens[verb_at].lemma} {particle}".strip()


def _negation_of_verb(parsed: Parsed, verb_at: int) -> str | None:
    for token in parsed.tokens:
        if token.head == verb_at and token.dependency in ("neg", "advmod") and token.text.lower() in _NEGATIONS:
            return _NEGATIONS[token.text.lower()]
    verb = parsed.tokens[verb_at]
    governed = verb.dependency == "xcomp" and verb.head != verb_at
    return _negation_of_verb(parsed, verb.head) if governed else None


def _negation_of_noun(parsed: Parsed, place: int) -> str | None:
    def negates(token: Token) -> bool:
        return (
            token.head == place and token.dependency in ("det", "neg", "preconj") and token.text.lower() in _NEGATIONS
        )

    return next((_NEGATIONS[token.text.lower()] for token in parsed.tokens if negates(token)), None)


def _spanish(call: CallText) -> Iterator[tuple[int, VerbNounPair]]:
    for sentence in call.sentences:
        turn = call.turns[sentence.turn]
        words = [
            _said(word, begins=not place) for place, word in enumerate(turn.words[sentence.first : sentence.last + 1])
        ]
        for pair in spanish_pairs(words):
            first, last = sorted((sentence.first + pair.verb_at, sentence.first + pair.noun_at))
            negations = pair.verb_negation, pair.noun_negation
            found = VerbNounPair(turn.span(first, last), pair.verb, pair.noun, *negations, sentence.question)
            yield sentence.turn, found


def _said(word: Word, *, begins: bool) -> str | None:
    """Lower case; None for a mark, a figure and a name, which has a capital inside a sentence."""
    text = word.text.strip("¿¡")
    if text[:1].isupper() and not begins:
        return None
    text = text.lower()
    return text if word.kind is WordKind.WORD and text.isalpha() else None


_FINDERS: dict[str, Callable[[CallText], Iterator[tuple[int, VerbNounPair]]]] = {"en": _english, "es": _spanish}
