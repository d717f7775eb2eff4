"""How each detector finds what it is for: a finder for every definition of `core/detectors.py`.

A further detector is a definition there, a file beside this one with its finder, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from voxport.redaction import unheard
from voxport.redaction.dialogue import Dialogue
from voxport.redaction.found import Found, found
from voxport.redaction.payment import find_payment
from voxport.redaction.social_security import find_social_security
from voxport.redaction.topics import Topic

Finder = Callable[[Dialogue], list[Found]]
"""Takes a call, hands back its secrets in order of time. It raises nothing and keeps nothing."""


def find_numbers(dialogue: Dialogue) -> list[Found]:
    """Every number of the call; a lone "one" is a pronoun."""
    return [found(dialogue.lines[run.channel], run.groups) for run in dialogue.runs()]


FINDERS: dict[str, Finder] = {
    "PCI": find_payment,
    "SSN": find_social_security,
    "Number": find_numbers,
    "PCI-Spanish": find_payment,
    "SSN-Spanish": find_social_security,
}

SUSPECTS: dict[str, frozenset[Topic]] = {
    "PCI": unheard.PAYMENT,
    "SSN": unheard.SOCIAL,
    "PCI-Spanish": unheard.PAYMENT,
    "SSN-Spanish": unheard.SOCIAL,
}
"""What a detector listens for where something was said and not recognised."""
