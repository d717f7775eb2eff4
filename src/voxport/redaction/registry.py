"""The detectors by name: a finder for every definition of `core/detectors.py`.

A further detector is a definition there, a file in `detectors/` with its finder, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.payment_cards import find_payment
from voxport.redaction.detectors.social_security import find_social_security
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.dialogue.phrases import Topic
from voxport.redaction.missed_speech import missed_speech

Finder = Callable[[Dialogue], list[Match]]
"""Takes a call, hands back its secrets in order of time. It raises nothing and keeps nothing."""


def find_numbers(dialogue: Dialogue) -> list[Match]:
    """Every number of the call; a lone "one" is a pronoun."""
    return [match_of(dialogue.lines[run.channel], run.groups) for run in dialogue.runs()]


FINDERS: dict[str, Finder] = {
    "PCI": find_payment,
    "SSN": find_social_security,
    "Number": find_numbers,
    "PCI-Spanish": find_payment,
    "SSN-Spanish": find_social_security,
}

SUSPECTS: dict[str, frozenset[Topic]] = {
    "PCI": missed_speech.PAYMENT,
    "SSN": missed_speech.SOCIAL,
    "PCI-Spanish": missed_speech.PAYMENT,
    "SSN-Spanish": missed_speech.SOCIAL,
}
"""What a detector listens for where something was said and not recognised."""
