"""Phrases that may be keywords: where they are said, under what form they belong together, and of what kind they are.

English: noun phrases, names, and verbs that tell what a caller wants with their object. Spanish and French: runs of
words between small words, since the trained pipelines for them have licences that ours cannot carry; so they are
coarser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voxport.analytics.call_text import CallText, TurnText
from voxport.analytics.casing import known_names
from voxport.analytics.english_pipeline import Token
from voxport.analytics.inflection import lemmas
from voxport.analytics.names import find_names, plain
from voxport.analytics.taxonomy import is_seed
from voxport.analytics.word_lists import read_word_lists
from voxport.core.findings import EntityType
from voxport.core.transcript import Word, WordKind
from voxport.language.numbers.lexicon import ENGLISH

LANGUAGES = frozenset({"en", "es", "fr"})
_MAX_WORDS = 4
"""The longest phrase."""
_JOINS = frozenset({"de", "del", "du"})
"""What may stand inside a phrase of Spanish or French."""
_NO_HEAD = frozenset({"DET", "PRON", "NUM", "ADV", "INTJ", "CCONJ", "SCONJ", "ADP", "PUNCT", "SYM", "AUX", "PART", "X",
                      "VERB", "SPACE"})  # fmt: skip
_TRIMMED = _NO_HEAD - {"VERB", "X"}
_INFINITIVES = {"es": ("ar", "er", "ir", "arse", "erse", "irse"), "fr": ("er", "ir", "re")}
_WANTED = frozenset({"cancel", "disconnect", "downgrade", "renew", "upgrade"})
"""Verbs that tell what a caller wants only where the caller does it."""
_MEASURES = frozenset({"kind", "sort", "type", "lot", "couple", "bit", "piece", "number", "rest", "end", "part"})
"""What they are of is what is meant: a kind of vehicle is a vehicle."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be a keyword, where it is said."""

    turn: int
    """Index of the turn."""
    first: int
    """Index of its first word in the turn."""
    last: int
    """Index of its last word in the turn."""
    key: tuple[str, ...]
    """Its lemmas, by which mentions belong together."""
    kind: str
    """`phrase`, `action` (a verb with or without its object), or the type of a name."""
    shown: str
    """As a keyword shows it."""


def find_candidates(call: CallText) -> tuple[Candidate, ...]:
    """In order of turns; phrases may lie inside one another. None in a language without keywords."""
    if call.language == "en":
        return tuple(_english(call))
    if call.language in LANGUAGES:
        return tuple(candidate for turn in call.turns for candidate in _between_small_words(turn, call.language))
    return ()


def _english(call: CallText) -> Iterator[Candidate]:
    taken: set[tuple[int, int]] = set()
    for name in find_names(call):
        turn = call.turns[name.turn]
        spoken = [word for word in turn.words[name.first : name.last + 1] if word.kind is WordKind.WORD]
        key = tuple(plain(word.text) for word in spoken)
        taken |= {(name.turn, index) for index in range(name.first, name.last + 1)}
        shown = _written(spoken)
        yield Candidate(name.turn, name.first, name.last, key=key, kind=name.type.value, shown=shown)
    for turn in call.turns:
        spans = list(_noun_spans(call, turn.index))
        for begin, end in spans:
            candidate = _phrase(call, turn.index, begin, end)
            if candidate and not any((turn.index, i) in taken for i in range(candidate.first, candidate.last + 1)):
                yield candidate
        yield from _actions(call, turn.index, spans)


def _noun_spans(call: CallText, index: int) -> Iterator[tuple[int, int]]:
    """Base noun phrases from their first telling word on; two around "of" are one (date of birth)."""
    tokens = call.parsed[index].tokens
    words = call.token_words[index]
    trimmed = [_trimmed(tokens, words, begin, end) for begin, end in call.parsed[index].chunks]
    spans = [span for span in trimmed if span is not None]
    for place, (begin, end) in enumerate(spans):
        following = spans[place + 1] if place + 1 < len(spans) else None
        if following and end + 1 == following[0] and tokens[end].text.lower() == "of" and end - begin == 1:
            yield following if tokens[begin].lemma in _MEASURES else (begin, following[1])
        elif not (place and spans[place - 1][1] + 1 == begin and tokens[begin - 1].text.lower() == "of"
                  and spans[place - 1][1] - spans[place - 1][0] == 1):  # fmt: skip
            yield begin, end


def _trimmed(tokens: tuple[Token, ...], words: tuple[int, ...], begin: int, end: int) -> tuple[int, int] | None:
    weak = read_word_lists("keywords-en")["weak"]
    marks = [
        place for place in range(begin, end) if tokens[place].pos in ("PUNCT", "CCONJ") and tokens[place].text != "-"
    ]
    begin = max([begin, *(place + 1 for place in marks)])
    while begin < end and (
        tokens[begin].pos in _TRIMMED or tokens[begin].text.lower() in weak or tokens[begin].stop
        or not tokens[begin].text[0].isalpha()
    ):  # fmt: skip
        begin += 1
    while begin < end and begin and words[begin] == words[begin - 1]:
        begin += 1
    while begin < end and (tokens[end - 1].pos in _NO_HEAD or tokens[end - 1].stop or tokens[end - 1].text == "-"):
        end -= 1
    return (begin, end) if begin < end else None


def _phrase(call: CallText, index: int, begin: int, end: int) -> Candidate | None:
    turn, words, tokens = call.turns[index], call.token_words[index], call.parsed[index].tokens
    first, last = words[begin], words[end - 1]
    lists = read_word_lists("keywords-en")
    spoken = [word for word in turn.words[first : last + 1] if word.kind is WordKind.WORD]
    shown = _written(spoken)
    key = tuple(token.lemma for token in tokens[begin:end] if token.text not in ("-", "'s", "’s"))
    if (
        not 1 <= len(spoken) <= _MAX_WORDS
        or not _is_telling(shown)
        or any(turn.hidden(i) for i in range(first, last + 1))
        or _is_courtesy(turn, first, shown)
        or _is_numbered(turn, first, last, key)
    ):
        return None
    head = " ".join(key)
    dated = known_names()["days"] | known_names()["months"] | {"may", "march"}
    generic = lists["generic"] | dated
    if head in generic or shown in generic or all(part in generic or part == "of" for part in key):
        return None
    return Candidate(index, first, last, key=key, kind="phrase", shown=shown)


def _is_courtesy(turn: TurnText, first: int, shown: str) -> bool:
    """ "No problem", "not a big deal": politeness is about nothing."""
    before = {plain(word.text) for word in turn.words[max(0, first - 3) : first] if word.kind is WordKind.WORD}
    return shown in read_word_lists("topics-form-en")["courtesy"] and bool(before & {"no", "not", "any", "without"})


def _is_numbered(turn: TurnText, first: int, last: int, key: tuple[str, ...]) -> bool:
    """ "Apartment 6", "second floor": a part of an address."""
    if key[-1:] == () or key[-1] not in read_word_lists("topics-form-en")["numbered"]:
        return False
    beside = [turn.words[at].text for at in (first - 1, last + 1) if 0 <= at < len(turn.words)]
    inside = [word.text for word in turn.words[first : last + 1]]
    numbers = (ENGLISH.digits, ENGLISH.teens, ENGLISH.tens, ENGLISH.ordinals)
    return any(
        text[:1].isdecimal() or any(plain(text) in table for table in numbers) for text in [*beside, *inside[:-1]]
    )


def _written(spoken: Sequence[Word]) -> str:
    """Lower case; only inside a phrase a possessive stays (`driver's license`)."""
    inside = [word.text.lower().strip(".,") for word in spoken[:-1]]
    return " ".join([*inside, *(plain(word.text) for word in spoken[-1:])])


def _is_telling(shown: str) -> bool:
    spelled = all(len(part) == 1 for part in shown.split())
    address = "." in shown or " dot " in shown
    return len(shown) > 2 and not spelled and not address and not any(sign.isdigit() or sign == "$" for sign in shown)


def _actions(call: CallText, index: int, spans: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Telling verbs: alone ("refund") or with the object close behind ("schedule an appointment")."""
    tokens, words, turn = call.parsed[index].tokens, call.token_words[index], call.turns[index]
    lists = read_word_lists("keywords-en")
    below = _dependents(tokens)
    span_of = {place: span for span in reversed(spans) for place in range(*span)}
    for place, token in enumerate(tokens):
        if token.pos != "VERB" or _is_denied(tokens, below, place) or _is_suffered(tokens, below, place):
            continue
        particle = next((i for i in below[place] if tokens[i].dependency == "prt"), None)
        verb = f"{token.lemma} {tokens[particle].lemma}" if particle is not None else token.lemma
        last_verb = max(place, particle) if particle is not None else place
        objects = [i for i in below[place] if tokens[i].dependency == "dobj"]
        span = min((span_of[i] for i in objects if i in span_of), default=None)
        if verb in lists["verbs"] and span is not None and 0 < words[span[1] - 1] - words[place] < _MAX_WORDS:
            phrase = _phrase(call, index, *span)
            last = words[span[1] - 1]
            plain_between = all(
                turn.words[i].kind is WordKind.WORD and not turn.hidden(i) for i in range(words[place], last + 1)
            )
            if phrase is not None and plain_between:
                shown = " ".join(plain(word.text) for word in turn.words[words[place] : last + 1])
                yield Candidate(index, words[place], last, key=(verb, *phrase.key), kind="action", shown=shown)
                continue
        if verb in lists["alone"] and 0 <= words[last_verb] - words[place] <= 1:
            key = tuple(verb.split())
            yield Candidate(index, words[place], words[last_verb], key=key, kind="action", shown=verb)


def _dependents(tokens: tuple[Token, ...]) -> list[list[int]]:
    """Of each token those that depend on it, so that a long turn is not searched for every verb."""
    below: list[list[int]] = [[] for _ in tokens]
    for place, token in enumerate(tokens):
        below[token.head].append(place)
    return below


def _is_denied(tokens: tuple[Token, ...], below: list[list[int]], verb: int) -> bool:
    """Whether it, or what wants it, is negated: "I don't want to cancel"."""
    heads = {verb, tokens[verb].head} if tokens[verb].dependency == "xcomp" else {verb}
    return any(tokens[i].dependency == "neg" for head in heads for i in below[head])


def _is_suffered(tokens: tuple[Token, ...], below: list[list[int]], verb: int) -> bool:
    """Whether it was done to somebody's thing rather than wanted: "my flight was cancelled", "the cancelled flight"."""
    passive = any(tokens[i].dependency in ("auxpass", "nsubjpass") for i in below[verb])
    return tokens[verb].lemma in _WANTED and (passive or tokens[verb].dependency == "amod")


def _between_small_words(turn: TurnText, language: str) -> Iterator[Candidate]:
    """Runs of at most three words without a small word, a mark or a figure; "de" may stand inside one."""
    stop = read_word_lists(f"keywords-{language}")["stop"]
    run: list[int] = []
    for index in range(len(turn.words) + 1):
        telling = index < len(turn.words) and not _is_small(turn, index, stop) and not _is_verb(turn, index, language)
        inside = telling or (index < len(turn.words) and _joins(turn, run, index, stop))
        if run and not (inside and not _has_article(turn, index, language)):
            if len(run) <= _MAX_WORDS:
                texts = [_named_form(turn, place, language) for place in run]
                key = tuple(lemmas(text, language)[-1] for text in texts)
                yield Candidate(turn.index, run[0], run[-1], key=key, kind="phrase", shown=" ".join(texts))
            run = []
        if inside:
            run.append(index)


def _joins(turn: TurnText, run: list[int], index: int, stop: frozenset[str]) -> bool:
    """Whether a word holds together what stands around it, as in `mot de passe`."""
    joining = plain(turn.words[index].text) in _JOINS
    return joining and bool(run) and index + 1 < len(turn.words) and not _is_small(turn, index + 1, stop)


def _named_form(turn: TurnText, index: int, language: str) -> str:
    """The word as a keyword shows it: a verb that a topic knows in its infinitive (`résilie`: `résilier`)."""
    text = _bare(plain(turn.words[index].text), language)
    lemma = lemmas(text, language)[-1]
    before = plain(turn.words[index - 1].text) if index else ""
    lists = read_word_lists(f"keywords-{language}")
    noun = text in lists["nouns"] or before in lists["articles"] or not lemma.endswith(_INFINITIVES[language])
    return text if noun else lemma


def _is_verb(turn: TurnText, index: int, language: str) -> bool:
    """A verb form that no keyword is made of: not one behind an article, and not one the topics know (`cancelar`)."""
    text = _bare(plain(turn.words[index].text), language)
    lemma = lemmas(text, language)[-1]
    lists = read_word_lists(f"keywords-{language}")
    if not lemma.endswith(_INFINITIVES[language]) or text in lists["nouns"] or is_seed(text, language):
        return False
    before = plain(turn.words[index - 1].text) if index else ""
    return lemma == text or before not in lists["articles"]


def _has_article(turn: TurnText, index: int, language: str) -> bool:
    text = plain(turn.words[index].text)
    return _bare(text, language) != text and text[0] != "d"


def _is_small(turn: TurnText, index: int, stop: frozenset[str]) -> bool:
    word = turn.words[index]
    text = _bare(plain(word.text), "fr")
    telling = text.replace("-", "").replace("'", "").isalpha() and len(text) > 2
    return word.kind is not WordKind.WORD or not telling or text in stop or word.text == "…"


def _bare(text: str, language: str) -> str:
    """Without an article that French writes onto the word: `l'abonnement`."""
    head, apostrophe, tail = text.replace("’", "'").partition("'")
    return tail if language == "fr" and apostrophe and len(head) <= 2 and len(tail) > 2 else text


def is_person(candidate: Candidate) -> bool:
    """Whether it is the name of a person."""
    return candidate.kind == EntityType.PERSON.value


def is_name(candidate: Candidate) -> bool:
    """Whether it is the name of somebody, something or some place."""
    return candidate.kind not in ("phrase", "action")
