"""The documented table, and what happens when its times have passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from voxport.delivery.schedule import Schedule

FIRST = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


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
    assert len(minutes) * schedule.tries == 21


def test_a_round_whose_time_has_passed_keeps_its_distance() -> None:
    late = FIRST + timedelta(hours=20)
    schedule = Schedule()
    assert schedule.next_due(FIRST, 1, late) == late + timedelta(minutes=15)
    assert schedule.next_due(FIRST, 3, late) == late + timedelta(minutes=60)


def test_without_rounds_one_round_is_all() -> None:
    assert Schedule((), 1).next_due(FIRST, 1, FIRST) is None
