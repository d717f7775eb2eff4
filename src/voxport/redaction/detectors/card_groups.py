"""Groups of a card that is given over several turns, of which a word between made something else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from voxport.redaction.detectors import card_numbers
from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.grouping import spoken_pattern
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.dialogue.lines import Dialogue

_WHOLE = 16
"""Digits of a card as most are embossed."""


def groups_beside(
    dialogue: Dialogue, candidates: Sequence[Candidate], matches: Sequence[Match], within_ms: int
) -> list[Match]:
    """The first groups or the last one of sixteen digits, of which the others were found, within `within_ms`."""
    found = []
    by_place = {(one.channel, one.words[0]): one for one in matches}
    for channel, line in dialogue.lines.items():
        own = [one for one in candidates if one.channel == channel]
        for before, rest in pairwise(own):
            if rest.span.start_ms - before.span.end_ms > within_ms:
                continue
            earlier, later = (by_place.get((channel, one.runs[0].words[0])) for one in (before, rest))
            if earlier is None and later is not None and _is_begun(before, rest, later):
                found.append(match_of(line, before.groups))
            if earlier is not None and later is None and _is_ended(earlier, rest):
                found.append(match_of(line, rest.groups))
    return found


def _is_begun(before: Candidate, rest: Candidate, found: Match) -> bool:
    """Whether groups of four stand before the rest of the number that was found."""
    fours = all({card_numbers.GROUP} == set(spoken_pattern(run)) for run in (*before.runs, *rest.runs))
    return fours and len(before.value) + len(found.digits) == _WHOLE


def _is_ended(found: Match, rest: Candidate) -> bool:
    """Whether four digits are all that a number which was found lacks."""
    lacks = len(found.digits) == _WHOLE - card_numbers.GROUP and card_numbers.begins_like_a_card(found.digits)
    return lacks and len(rest.value) == card_numbers.GROUP
