"""What one turn must hold, as SQL over a line of `call_index`: its words with a space before, between and behind them.

A line is `l(line, speaker, first)` of `unnest(c.lines, c.speakers, c.firsts)`, beside its call `c`.
"""

from __future__ import annotations

from voxport.core.statement import AllSaid, Phrase, Said, Unsaid, Utterance, Window, WordPattern
from voxport.storage.search.parameters import Parameters

_WORD = "(?:[^ ]+ )"
_WITHIN = """
    (SELECT ' ' || array_to_string(word[width_bucket({first} - 1, start) + 1 : width_bucket({last}, start)], ' ') || ' '
    FROM (SELECT w.word, c.starts[l.first : l.first + cardinality(w.word) - 1] AS start
        FROM (SELECT string_to_array(btrim(l.line), ' ') AS word) AS w) AS s)
"""
"""The part of a line whose words begin within a time; words of a line begin in order."""
_END_OF_TIME = 2_147_483_647


def line_meets(said: Said, parameters: Parameters) -> str:
    """The condition on a line that its speaker and words meet `said`."""
    line = "l.line"
    conditions = []
    if said.speaker is not None:
        conditions.append(f"c.names[l.speaker] = {parameters.text(said.speaker)}")
    if said.window is not None:
        # Only lines that have the words at all are taken apart.
        conditions.append(_holds(_positive(said.utterance), line, parameters))
        line = _WITHIN.format(first=_bound(said.window, parameters, first=True), last=_bound(said.window, parameters))
    conditions.append(_holds(said.utterance, line, parameters))
    return " AND ".join(f"({one})" for one in conditions)


def _bound(window: Window, parameters: Parameters, *, first: bool = False) -> str:
    value = window.from_ms if first else window.until_ms
    if value is None:
        return "0" if first else str(_END_OF_TIME)
    number = parameters.add(max(-_END_OF_TIME, min(value, _END_OF_TIME)), "integer")
    bound = f"CAST(coalesce(c.duration_ms, 0) + {number} AS integer)" if value < 0 else number
    return f"greatest({bound}, -{_END_OF_TIME - 1})"


def _positive(utterance: Utterance) -> Utterance:
    """What holds of a whole line when `utterance` holds of a part of it."""
    if isinstance(utterance, AllSaid):
        kept = tuple(_positive(one) for one in utterance.items if not isinstance(one, Unsaid))
        return AllSaid(kept)
    return utterance if isinstance(utterance, Phrase) else AllSaid(())


def _holds(utterance: Utterance, line: str, parameters: Parameters) -> str:
    if isinstance(utterance, Phrase):
        return _has_phrase(utterance, line, parameters)
    if isinstance(utterance, Unsaid):
        return f"NOT ({_holds(utterance.item, line, parameters)})"
    sign = " AND " if isinstance(utterance, AllSaid) else " OR "
    return sign.join(f"({_holds(one, line, parameters)})" for one in utterance.items) or "true"


def _has_phrase(phrase: Phrase, line: str, parameters: Parameters) -> str:
    *before, last = phrase.words
    if not phrase.slop and not any(word.prefix for word in before):
        words = " ".join(word.text for word in phrase.words)
        return f"strpos({line}, {parameters.text(f' {words}' if last.prefix else f' {words} ')}) > 0"
    # Most lines do not have the first word, and need no pattern to say so.
    first = phrase.words[0]
    begins = parameters.text(f" {first.text}" if first.prefix else f" {first.text} ")
    pattern = parameters.text(f" {_pattern(phrase.words, phrase.slop)}")
    return f"strpos({line}, {begins}) > 0 AND {line} ~ {pattern}"


def _pattern(words: tuple[WordPattern, ...], slop: int) -> str:
    """A regular expression for the words, each with a space behind it, and up to `slop` others among them."""
    first, *following = words
    written = "".join(letter if letter.isalnum() else f"\\{letter}" for letter in first.text)
    written += "[^ ]* " if first.prefix else " "
    rest = tuple(following)
    if not rest:
        return written
    if not slop:
        return written + _pattern(rest, 0)
    if len(rest) == 1:
        return f"{written}{_WORD}{{0,{slop}}}{_pattern(rest, 0)}"
    ways = (f"{_WORD * between}{_pattern(rest, slop - between)}" for between in range(slop + 1))
    return f"{written}(?:{'|'.join(ways)})"
