"""The documented table, and what happens when its times have passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voxport.delivery.schedule import Schedule

FIRST = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
GAPS_S = (900, 1800, 3600, 7200, 14400, 28800)


def test_the_default_is_the_documented_table() -> None:
    schedule, now, minutes = Schedule(), FIRST, [0.0]
    for made in range(1, 8):
        due = schedule.next_due(FIRST, made, now)
        if due is None:
            break
        minutes.append((due - FIRST).total_seconds() / 60)
        now = due + timedelta(seconds=2)
    assert minutes == [0, 15, 45, 105, 225, 465, 945]
    assert schedule.next_due(FIRST, 7, now) is None
    assert len(minutes) * schedule.attempts == 21


def test_a_round_whose_time_has_passed_keeps_its_distance() -> None:
    late = FIRST + timedelta(hours=20)
    schedule = Schedule()
    assert schedule.next_due(FIRST, 1, late) == late + timedelta(minutes=15)
    assert schedule.next_due(FIRST, 3, late) == late + timedelta(minutes=60)


def test_without_rounds_one_round_is_all() -> None:
    assert Schedule((), 1).next_due(FIRST, 1, FIRST) is None


def begins_s(schedule: Schedule, delivery_id: UUID) -> list[float]:
    """Seconds from the first try at which each further round of a delivery begins, each made as soon as it is due."""
    begins: list[float] = []
    now = FIRST
    while (due := schedule.next_due(FIRST, len(begins) + 1, now, delivery_id)) is not None:
        begins.append((due - FIRST).total_seconds())
        now = due
    return begins


def test_jitter_spreads_what_failed_together_and_only_to_later() -> None:
    schedule = Schedule(jitter=0.1)
    all_begin = [begins_s(schedule, UUID(int=number)) for number in range(300)]
    for position, (documented, gap) in enumerate(zip(Schedule().rounds_s, GAPS_S, strict=True)):
        begin = [begins[position] for begins in all_begin]
        assert documented <= min(begin) < documented + gap * 0.02
        assert documented + gap * 0.08 < max(begin) < documented + gap * 0.1
    assert schedule.second_round_s == pytest.approx(990)


def test_jitter_is_the_same_whenever_it_is_asked_for() -> None:
    schedule, delivery_id = Schedule(jitter=0.1), uuid4()
    assert begins_s(schedule, delivery_id) == begins_s(schedule, UUID(str(delivery_id)))
    assert begins_s(Schedule(), delivery_id) == list(Schedule().rounds_s)
    late = FIRST + timedelta(hours=20)
    due = schedule.next_due(FIRST, 1, late, delivery_id)
    assert due is not None
    assert timedelta(minutes=15) <= due - late <= timedelta(minutes=16.5)


@given(
    st.lists(st.floats(0.01, 1e6), min_size=1, max_size=9, unique=True).map(sorted),
    st.floats(0, 0.99),
    st.uuids(),
    st.uuids(),
)
def test_no_round_reaches_the_next_whatever_is_set(
    rounds_s: list[float], jitter: float, one: UUID, other: UUID
) -> None:
    schedule = Schedule(tuple(rounds_s), jitter=jitter)
    later = [schedule.next_due(FIRST, made, FIRST, one) for made in range(2, len(rounds_s) + 1)]
    sooner = [schedule.next_due(FIRST, made, FIRST, other) for made in range(1, len(rounds_s))]
    assert all(a is not None and b is not None and a <= b for a, b in zip(sooner, later, strict=True))


def test_the_longest_wait() -> None:
    assert Schedule().longest_gap_s == 8 * 3600
    assert Schedule(()).longest_gap_s == 0
