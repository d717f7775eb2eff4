"""E-mail addresses of which recognisers made one word, so that neither "at" nor who keeps the mail stands by itself."""

from __future__ import annotations

import re

from voxport.redaction.dialogue.questions import EmailWords

_PART = re.compile(r"[\w-]+")
_LEAST_PROVIDER = 5
"""Letters of who keeps the mail, by which the end of a longer word is known: `lockwoodedoutlook`. A judgement."""
_LEAST_NAME = 4
"""Letters before it where no dot stands in the name; fewer are those of a web page, `myverizon.com`. A judgement."""
WEB = "www"
"""What a web page begins with."""


def ends_in_provider(text: str, signs: EmailWords) -> bool:
    """Whether a word ends in who keeps people's mail, a name and whatever was heard for "at" melted before it:
    `nathan.lockwoodedoutlook.com`, `kellerhotmail.com`."""
    parts = text.split(".")
    named = _without_endings(parts, signs)
    if not named or len(named) == len(parts) or parts[0] == WEB:
        return False
    host = named[-1]
    keepers = [one for one in signs.providers if len(one) >= _LEAST_PROVIDER and host.endswith(one) and host != one]
    before = min((len(host) - len(one) for one in keepers), default=0)
    if keepers:
        return len(named) > 1 or before >= _LEAST_NAME
    # "color.deny67itlive.com": a short one behind a dotted name with figures.
    figures = any(sign.isdecimal() for sign in text)
    return len(named) > 1 and figures and any(host.endswith(one) and host != one for one in signs.hosts)


def has_dotted_name(text: str, signs: EmailWords) -> bool:
    """Whether a word has more parts than a domain by itself, as a name and a domain in one: `keller.commail.com`; none
    of an address on the web, `www.hillside.com`."""
    parts = text.split(".")
    named = _without_endings(parts, signs)
    whole = all(_PART.fullmatch(part) for part in parts)
    return whole and 1 < len(named) < len(parts) and parts[0] != WEB


def _without_endings(parts: list[str], signs: EmailWords) -> list[str]:
    """The parts before those behind the last dots: before "com", before "co.uk"."""
    end = len(parts)
    while end and parts[end - 1] in signs.endings:
        end -= 1
    return parts[:end]
