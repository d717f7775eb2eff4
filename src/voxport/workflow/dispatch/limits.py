"""Who is delivered to, as one worker knows them: how much each endpoint may have under way at once.

An endpoint begins with little and gets more with everything that arrives; one that fails is back to a single delivery.
So a receiver that hangs holds a few connections, never the worker; nor do a hundred receivers of one organisation.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from voxport.storage.records import Claim, Endpoint

FIRST_SIZE = 2
"""Deliveries at once to an endpoint nothing is known of."""
_REMEMBERED = 4096


@dataclass(slots=True)
class EndpointLimit:
    """One endpoint, as this worker knows it."""

    size: int = FIRST_SIZE
    """Deliveries that may be under way at once."""
    sending: int = 0
    """Deliveries that are."""
    waiting: deque[Claim] = field(default_factory=deque)
    """Those that are claimed and come next."""
    answers: bool = False
    """Whether something has arrived there, and nothing failed since."""

    @property
    def capacity(self) -> int:
        """How many more may be claimed: as many wait here as are under way, so that none waits for the database."""
        return max(0, 2 * self.size - self.sending - len(self.waiting))

    @property
    def idle(self) -> bool:
        return self.sending == 0 and not self.waiting


class EndpointLimits:
    """All endpoints this worker has lately dealt with. `most` bounds the size of each, `at_once` the sum of all."""

    def __init__(self, most: int, at_once: int) -> None:
        self._most, self._at_once = most, at_once
        self._limits: OrderedDict[Endpoint, EndpointLimit] = OrderedDict()
        self.sending = 0
        # One slot in three is not to be had by hanging endpoints of one organisation, however many they are.
        self.tenant_share = at_once - at_once // 3

    @property
    def wanted(self) -> int:
        """How many more deliveries are worth claiming."""
        return max(0, 2 * self._at_once - self.sending - sum(len(limit.waiting) for limit in self._limits.values()))

    @property
    def first_capacity(self) -> int:
        return EndpointLimit(min(FIRST_SIZE, self._most)).capacity

    def capacities(self) -> dict[Endpoint, int]:
        saturated = self.saturated()
        return {
            endpoint: 0 if endpoint[0] in saturated and not limit.answers else limit.capacity
            for endpoint, limit in self._limits.items()
        }

    def saturated(self) -> set[UUID]:
        """Organisations that have their share in hand, of what goes to endpoints that may hang."""
        in_hand: Counter[UUID] = Counter()
        for (organization_id, _), limit in self._limits.items():
            if not limit.answers:
                in_hand[organization_id] += limit.sending + len(limit.waiting)
        return {organization_id for organization_id, number in in_hand.items() if number >= self.tenant_share}

    def queue(self, endpoint: Endpoint, claim: Claim) -> None:
        self._limit(endpoint).waiting.append(claim)

    def next(self) -> Iterator[tuple[Endpoint, Claim]]:
        """What may be sent now, one of each endpoint in turn; each counts as under way."""
        uncertain: Counter[UUID] = Counter()
        for (organization_id, _), limit in self._limits.items():
            uncertain[organization_id] += 0 if limit.answers else limit.sending
        found = True
        while found:
            found = False
            for endpoint, limit in self._limits.items():
                may = limit.answers or uncertain[endpoint[0]] < self.tenant_share
                if may and self.sending < self._at_once and limit.waiting and limit.sending < limit.size:
                    uncertain[endpoint[0]] += not limit.answers
                    limit.sending += 1
                    self.sending += 1
                    found = True
                    yield endpoint, limit.waiting.popleft()

    def ended(self, endpoint: Endpoint, answered: bool | None) -> list[Claim]:
        """One has ended there: it arrived, failed, or (None) said nothing of the endpoint.

        After a failure what waited is returned: it is nobody's to try just now.
        """
        limit = self._limits[endpoint]
        limit.sending -= 1
        self.sending -= 1
        given_back: list[Claim] = []
        if answered:
            limit.size, limit.answers = min(limit.size + 1, self._most), True
        elif answered is False:
            limit.size, limit.answers = 1, False
            given_back = list(limit.waiting)
            limit.waiting.clear()
        self._forget_idle()
        return given_back

    def waiting(self) -> list[Claim]:
        return [claim for limit in self._limits.values() for claim in limit.waiting]

    def _limit(self, endpoint: Endpoint) -> EndpointLimit:
        limit = self._limits.setdefault(endpoint, EndpointLimit(min(FIRST_SIZE, self._most)))
        self._limits.move_to_end(endpoint)
        return limit

    def _forget_idle(self) -> None:
        while len(self._limits) > _REMEMBERED:
            oldest = next((endpoint for endpoint, limit in self._limits.items() if limit.idle), None)
            if oldest is None:
                return
            del self._limits[oldest]
