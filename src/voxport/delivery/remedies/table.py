"""What to do about each refusal of S3, Ceph, STS and the stores like them: one table of codes. Never a secret.

From AWS's error references, and from the answers of a Ceph gateway (radosgw 16.2) and of the S3 server of the tests.
docs/store-refusals.md is this table for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from voxport.delivery.remedies.by_role import BY_ROLE
from voxport.delivery.remedies.either_way import EITHER_WAY
from voxport.delivery.remedies.kinds import Asked, Remedy, Way, Who
from voxport.delivery.remedies.signed_urls import TO_SIGNED_URLS
from voxport.delivery.remedies.sts import OF_STS

REMEDIES: tuple[Remedy, ...] = (*OF_STS, *BY_ROLE, *TO_SIGNED_URLS, *EITHER_WAY)
_BY_CODE: Mapping[tuple[Way, str], Remedy] = {
    (way, code): remedy for remedy in REMEDIES for way in remedy.ways for code in remedy.codes
}


@dataclass(frozen=True, slots=True)
class Advice:
    """A row as it applies to one refusal."""

    words: str = ""
    """What to change, as a sentence; empty where the table has no row."""
    waiting_helps: bool = True
    """Whether a later try may fare better."""
    who: Who | None = None
    """Who has to act; None where the table has no row."""


def advice_for(way: Way, code: str, status: int | None, asked: Asked) -> Advice:
    """By `code`, or without one by the status of the answer.

    A row whose sentence names what was not asked for (an encryption, where none was) is none for this refusal.
    """
    remedy = _BY_CODE.get((way, code or f"HTTP {status}"))
    if remedy is None:
        return Advice()
    fields = {name for _, name, _, _ in Formatter().parse(remedy.sentence) if name}
    given = {name: str(getattr(asked, name)) for name in fields}
    if not all(given.values()):
        return Advice()
    return Advice(remedy.sentence.format(**given), remedy.waiting_helps, remedy.who)
