"""What one turn must hold, as SQL over a line of `call_index`: its words with a space before, between and behind them.

A line is `l(line, place, turn, first, following)`: its words are those of its call `c` from `first` on, before
`following`. Several lines in one text have two spaces between them, so that no phrase is found across two turns.
"""

from __future__ import annotations

from voxport.core.statement import AllSaid, EitherSaid, Phrase, Said, Unsaid, Utterance, Window, WordPattern
from voxport.storage.search.parameters import Parameters

_WIDTH = "(octet_length(c.times) / greatest(c.word_count, 1))"
"""Bytes of a word in the times of its call."""
TIMES_OF_LINE = f"substr(c.times, (l.first - 1) * {_WIDTH} + 1, (l.following - l.first) * {_WIDTH})"
_FIRST = f"substr(c.times, (l.first - 1) * {_WIDTH} + 1, {_WIDTH} - 1)"
"""When the first word of a line begins, as bytes that compare as times do."""
_LAST = f"substr(c.times, (l.following - 2) * {_WIDTH} + 1, {_WIDTH} - 1)"
_TEXT = "array_to_string(c.lines, '')"
"""Everything that is said in a call."""


def _lines(text: str, begin: str = "1") -> str:
    """The lines of a text, the first of which is line `begin` of its call; what is not asked of them costs nothing."""
    place = f"CAST(u.number AS integer) + {begin} - 1"
    columns = {
        "line": "' ' || u.words || ' '",
        "place": place,
        "turn": f"c.numbers[{place}]",
        "first": f"c.firsts[{place}]",
        "following": f"c.firsts[{place} + 1]",
    }
    shown = ", ".join(f"{value} AS {name}" for name, value in columns.items())
    split = f"unnest(string_to_array(btrim({text}), '  ')) WITH ORDINALITY AS u(words, number)"
    return f"(SELECT {shown} FROM {split}) AS l"  # noqa: S608 - our own words


NUMBERED_LINES = _lines(_TEXT)
"""All lines, with which turn each is and its place among them."""
SPEAKER_OF_LINE = "width_bucket(l.place, c.begins)"
_WORD = "(?:[^ ]+ )"
_NEAR_CHARS = 100
"""In so many letters behind its first word a phrase is looked for before lines are taken apart."""


def call_meets(said: Said, parameters: Parameters) -> str:
    """The condition on a call that a line of it meets `said`; never NULL."""
    utterance, text = said.utterance, _text(said, parameters)
    possible = _possible(utterance, text, parameters)
    if said.window is not None:
        lines = _lines(text, "1" if said.speaker is None else f"c.begins[{_speaker(said.speaker, parameters)}]")
        meets = f"EXISTS (SELECT FROM {lines} WHERE {_within(utterance, said.window, parameters)})"
    elif isinstance(utterance, Phrase) and _is_plain(utterance):
        return f"coalesce({possible}, false)"
    else:
        meets = f"EXISTS (SELECT FROM {_lines(text)} WHERE {_holds(utterance, 'l.line', parameters)})"
    # Most calls do not have the words, and are not taken apart to say so.
    meets = meets if possible is None else f"coalesce({possible}, false) AND {meets}"
    if said.window is None and isinstance(utterance, Phrase):
        return f"coalesce({_begins_near(utterance, text, parameters)}, false) OR {meets}"
    return meets


def _text(said: Said, parameters: Parameters) -> str:
    """All that a speaker says in a call, or all that is said; NULL where there is no such speaker."""
    if said.speaker is None:
        return _TEXT
    return f"c.lines[{_speaker(said.speaker, parameters)}]"


def _speaker(name: str, parameters: Parameters) -> str:
    return f"array_position(c.names, {parameters.text(name)})"


def line_meets(said: Said, parameters: Parameters) -> str:
    """The condition on one of `NUMBERED_LINES` that its speaker and words meet `said`."""
    holds = _holds(said.utterance, "l.line", parameters)
    if said.window is not None:
        holds = _within(said.utterance, said.window, parameters)
    if said.speaker is None:
        return holds
    return f"{SPEAKER_OF_LINE} = {_speaker(said.speaker, parameters)} AND ({holds})"


def _within(utterance: Utterance, window: Window, parameters: Parameters) -> str:
    """The condition that the words of a line hold which begin within a time; words of a line begin in order."""
    possible = _possible(utterance, "l.line", parameters)
    conditions, inside = [] if possible is None else [possible], []
    first, last = "", ""
    if window.from_ms is not None:
        begin = _bound(window.from_ms, parameters)
        conditions.append(f"{_LAST} >= voxport_time({begin}, {_WIDTH})")
        inside.append(f"{_FIRST} >= voxport_time({begin}, {_WIDTH})")
        first = f"voxport_words_before({TIMES_OF_LINE}, {_WIDTH}, {begin}) + 1"
    if window.until_ms is not None:
        end = _bound(window.until_ms, parameters)
        if window.until_ms < 0:
            conditions.append(f"{end} >= 0")
        conditions.append(f"{_FIRST} <= voxport_time({end}, {_WIDTH})")
        inside.append(f"{_LAST} <= voxport_time({end}, {_WIDTH})")
        last = f"voxport_words_before({TIMES_OF_LINE}, {_WIDTH}, {end} + 1)"
    cut = f"' ' || array_to_string((string_to_array(btrim(l.line), ' '))[{first} : {last}], ' ') || ' '"
    conditions.append(
        f"CASE WHEN {' AND '.join(inside)} THEN {_holds(utterance, 'l.line', parameters)} "
        f"ELSE {_holds(utterance, f'({cut})', parameters)} END"
    )
    return " AND ".join(f"({one})" for one in conditions)


def _bound(ms: int, parameters: Parameters) -> str:
    number = parameters.add(ms, "bigint")
    return f"(coalesce(c.duration_ms, 0) + {number})" if ms < 0 else number


def _possible(utterance: Utterance, text: str, parameters: Parameters) -> str | None:
    """What holds of a text whenever `utterance` holds of a part of it; None: nothing that is quick to see."""
    if isinstance(utterance, Phrase):
        words = utterance.words if _is_plain(utterance) else utterance.words[:1]
        return _has_words(words, text, parameters)
    if isinstance(utterance, Unsaid):
        return None
    parts = [_possible(one, text, parameters) for one in utterance.items]
    known = [one for one in parts if one is not None]
    if isinstance(utterance, EitherSaid):
        return f"({' OR '.join(known)})" if len(known) == len(parts) else None
    return " AND ".join(known) or None


def _holds(utterance: Utterance, line: str, parameters: Parameters) -> str:
    if isinstance(utterance, Phrase):
        return _has_phrase(utterance, line, parameters)
    if isinstance(utterance, Unsaid):
        return f"NOT ({_holds(utterance.item, line, parameters)})"
    sign = " AND " if isinstance(utterance, AllSaid) else " OR "
    return sign.join(f"({_holds(one, line, parameters)})" for one in utterance.items) or "true"


def _is_plain(phrase: Phrase) -> bool:
    """Whether its words stand in a line as they are written; of the last one the end may be open."""
    return (not phrase.slop or len(phrase.words) == 1) and not any(word.prefix for word in phrase.words[:-1])


def _has_words(words: tuple[WordPattern, ...], text: str, parameters: Parameters) -> str:
    written = " ".join(word.text for word in words)
    return f"strpos({text}, {parameters.text(f' {written}' if words[-1].prefix else f' {written} ')}) > 0"


def _begins_near(phrase: Phrase, text: str, parameters: Parameters) -> str:
    """Whether the phrase is said where its first word is said first: a pattern over little text is quick."""
    first = phrase.words[0]
    begins = parameters.text(f" {first.text}" if first.prefix else f" {first.text} ")
    rest = _pattern(phrase.words, phrase.slop)[len(_escaped(first.text)) + (not first.prefix) :]
    return f"left(split_part({text}, {begins}, 2), {_NEAR_CHARS}) ~ {parameters.text(f'^{rest}')}"


def _has_phrase(phrase: Phrase, line: str, parameters: Parameters) -> str:
    if _is_plain(phrase):
        return _has_words(phrase.words, line, parameters)
    # Most lines do not have the first word, and need no pattern to say so.
    anywhere = parameters.text(f" {_pattern(phrase.words, phrase.slop)}")
    has_first = _has_words(phrase.words[:1], line, parameters)
    return f"{has_first} AND ({_begins_near(phrase, line, parameters)} OR {line} ~ {anywhere})"


def _pattern(words: tuple[WordPattern, ...], slop: int) -> str:
    """A regular expression for the words, each with a space behind it, and up to `slop` others among them."""
    first, *following = words
    written = _escaped(first.text) + ("[^ ]* " if first.prefix else " ")
    rest = tuple(following)
    if not rest:
        return written
    if not slop:
        return written + _pattern(rest, 0)
    if len(rest) == 1:
        return f"{written}{_WORD}{{0,{slop}}}{_pattern(rest, 0)}"
    ways = (f"{_WORD * between}{_pattern(rest, slop - between)}" for between in range(slop + 1))
    return f"{written}(?:{'|'.join(ways)})"


def _escaped(word: str) -> str:
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in word)
