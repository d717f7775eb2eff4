"""Who is delivered to, as one worker knows them: how much each endpoint may have under way at once.

An endpoint begins with little and gets more with everything that arrives; one that fails is back to a single delivery.
So a receiver that hangs holds a few connections, never the worker; nor do a hundred receivers of one organisation.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from voxport.storage.claims import Claim, Endpoint

FIRST_SIZE = 2
"""Deliveries at once to an endpoint nothing is known of."""
_REMEMBERED = 4096


@dataclass(slots=True)
class Door:
    """One endpoint: `size` deliveries may be under way, `sending` are, `waiting` are claimed and come next."""

    size: int = FIRST_SIZE
    sending: int = 0
    waiting: deque[Claim] = field(default_factory=deque)
    answers: bool = False
    """Whether something has arrived there, and nothing failed since."""

    @property
    def room(self) -> int:
        """How many more may be claimed: as many wait here as are under way, so that none waits for the database."""
        return max(0, 2 * self.size - self.sending - len(self.waiting))

    @property
    def idle(self) -> bool:
        return self.sending == 0 and not self.waiting


class Doors:
    """All endpoints this worker has lately dealt with. `most` bounds the size of each, `at_once` the sum of all."""

    def __init__(self, most: int, at_once: int) -> None:
        self._most, self._at_once = most, at_once
        self._doors: OrderedDict[Endpoint, Door] = OrderedDict()
        self.sending = 0
        # One slot in three is not to be had by hanging endpoints of one organisation, however many they are.
        self.share = at_once - at_once // 3

    @property
    def wanted(self) -> int:
        """How many more deliveries are worth claiming."""
        return max(0, 2 * self._at_once - self.sending - sum(len(door.waiting) for door in self._doors.values()))

    @property
    def first_room(self) -> int:
        return Door(min(FIRST_SIZE, self._most)).room

    def rooms(self) -> dict[Endpoint, int]:
        crowded = self.crowded()
        return {
            endpoint: 0 if endpoint[0] in crowded and not door.answers else door.room
            for endpoint, door in self._doors.items()
        }

    def crowded(self) -> set[UUID]:
        """Organisations that have their share in hand, of what goes to endpoints that may hang."""
        in_hand: Counter[UUID] = Counter()
        for (organization_id, _), door in self._doors.items():
            if not door.answers:
                in_hand[organization_id] += door.sending + len(door.waiting)
        return {organization_id for organization_id, number in in_hand.items() if number >= self.share}

    def queue(self, endpoint: Endpoint, claim: Claim) -> None:
        self._door(endpoint).waiting.append(claim)

    def next(self) -> Iterator[tuple[Endpoint, Claim]]:
        """What may be sent now, one of each endpoint in turn; each counts as under way."""
        uncertain: Counter[UUID] = Counter()
        for (organization_id, _), door in self._doors.items():
            uncertain[organization_id] += 0 if door.answers else door.sending
        found = True
        while found:
            found = False
            for endpoint, door in self._doors.items():
                may = door.answers or uncertain[endpoint[0]] < self.share
                if may and self.sending < self._at_once and door.waiting and door.sending < door.size:
                    uncertain[endpoint[0]] += not door.answers
                    door.sending += 1
                    self.sending += 1
                    found = True
                    yield endpoint, door.waiting.popleft()

    def ended(self, endpoint: Endpoint, answered: bool | None) -> list[Claim]:
        """One has ended there: it arrived, failed, or (None) said nothing of the endpoint.

        After a failure what waited is returned: it is nobody's to try just now.
        """
        door = self._doors[endpoint]
        door.sending -= 1
        self.sending -= 1
        given_back: list[Claim] = []
        if answered:
            door.size, door.answers = min(door.size + 1, self._most), True
        elif answered is False:
            door.size, door.answers = 1, False
            given_back = list(door.waiting)
            door.waiting.clear()
        self._forget_idle()
        return given_back

    def waiting(self) -> list[Claim]:
        return [claim for door in self._doors.values() for claim in door.waiting]

    def _door(self, endpoint: Endpoint) -> Door:
        door = self._doors.setdefault(endpoint, Door(min(FIRST_SIZE, self._most)))
        self._doors.move_to_end(endpoint)
        return door

    def _forget_idle(self) -> None:
        while len(self._doors) > _REMEMBERED:
            oldest = next((endpoint for endpoint, door in self._doors.items() if door.idle), None)
            if oldest is None:
                return
            del self._doors[oldest]
