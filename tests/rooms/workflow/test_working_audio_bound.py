"""How much decoded sound a worker holds: bounded in all and by organisation, and whoever came first gets through."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest

from voxport.core.errors import PutOff, StageInterrupted
from voxport.workflow.working_audio_bound import WorkingAudioBound

ACME, OTHER = uuid4(), uuid4()


def test_a_call_larger_than_the_bound_goes_through_alone_and_puts_others_off() -> None:
    bound = WorkingAudioBound(100, 100, wait_s=0)
    with bound.held(ACME) as take, bound.held(OTHER) as take_other:
        take_other(40)
        take(500)
        with pytest.raises(PutOff, match="others hold as much decoded sound as there may be"):
            take_other(1)
    assert bound.held_bytes == 0
    with bound.held(OTHER) as take_other:
        take_other(500)


def test_an_organisation_has_a_bound_of_its_own() -> None:
    bound = WorkingAudioBound(100, 50, wait_s=0)
    with bound.held(ACME) as first, bound.held(ACME) as second, bound.held(OTHER) as other:
        first(30)
        second(20)
        with pytest.raises(PutOff):
            second(1)
        other(49)  # the first of its organisation, not of all
        with pytest.raises(PutOff):
            other(2)
        first(100)


def test_the_first_of_an_organisation_is_held_to_the_bound_of_all_alone() -> None:
    bound = WorkingAudioBound(100, 10, wait_s=0)
    with bound.held(ACME), bound.held(OTHER) as other:
        other(90)
        with pytest.raises(PutOff):
            other(11)


def test_who_waits_goes_on_when_another_has_ended() -> None:
    bound, went_on = WorkingAudioBound(100, 100), threading.Event()
    asked = threading.Event()

    def interrupted() -> bool:
        asked.set()  # asked while it waits, and never before
        return False

    def wait() -> None:
        with bound.held(OTHER, interrupted) as take:
            take(100)
            went_on.set()

    with bound.held(ACME) as take:
        take(50)
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert asked.wait(10)
        assert not went_on.is_set()
    waiting.join(10)
    assert went_on.is_set()
    assert bound.held_bytes == 0


def test_who_waits_hears_that_it_should_stop() -> None:
    bound = WorkingAudioBound(100, 100)
    with bound.held(ACME) as take, bound.held(OTHER, lambda: True) as waiting:
        take(100)
        with pytest.raises(StageInterrupted):
            waiting(1)
