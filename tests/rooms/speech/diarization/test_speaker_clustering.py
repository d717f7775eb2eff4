"""Stretches of one voice become one group, whatever the length of the call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from voxport.speech.diarization.clustering import Vectors, Voice, group
from voxport.speech.diarization.line import COLOURS
from voxport.speech.diarization.options import ClusteringOptions
from voxport.speech.diarization.telephone import without_telephone

OPTIONS = ClusteringOptions()


def stretches(people: Sequence[int], *, length_ms: float = 2_000.0, alike: float = 0.4, seed: int = 0) -> list[Voice]:
    """Stretches of people whose voices have a cosine of `alike`, blurred as their length blurs them."""
    chance = np.random.default_rng(seed)
    voices = np.linalg.qr(chance.normal(size=(192, max(people) + 2)))[0].T
    named = np.sqrt(alike) * voices[-1] + np.sqrt(1 - alike) * voices[:-1]
    blur = np.sqrt(OPTIONS.blur_ms / length_ms)
    found = []
    for place, person in enumerate(people):
        noise = chance.normal(size=192)
        embedding = named[person] + blur * noise / np.linalg.norm(noise)
        found.append(Voice(embedding / np.linalg.norm(embedding) * length_ms, length_ms, (place,)))
    return found


def voices_of(embeddings: Vectors) -> list[Voice]:
    return [Voice(2_000.0 * one / np.linalg.norm(one), 2_000.0, (place,)) for place, one in enumerate(embeddings)]


def on_lines(voices: Sequence[Voice], lines: Sequence[int], *, differ: float = 1.0) -> list[Voice]:
    """The same on lines whose colours have a mean squared difference of `differ`."""
    colours = np.sqrt(differ / 2) * np.sign(np.random.default_rng(9).normal(size=(max(lines) + 1, COLOURS)))
    return [
        replace(voice, colour=colours[line] * voice.length_ms / 1000, colour_s=voice.length_ms / 1000)
        for voice, line in zip(voices, lines, strict=True)
    ]


def members(groups: Sequence[Voice]) -> list[list[int]]:
    return sorted(sorted(one.members) for one in groups)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_as_many_voices_as_there_are(count: int) -> None:
    people = [place % count for place in range(8 * count)]
    found = group(stretches(people), OPTIONS, None)
    assert members(found) == [list(range(person, 8 * count, count)) for person in range(count)]


def test_what_a_telephone_makes_of_every_voice_says_nothing_of_who_speaks() -> None:
    plain = without_telephone(np.array([one.direction for one in stretches([0, 1] * 6, alike=0.2)]))
    assert without_telephone(plain) == pytest.approx(plain)
    some = np.ones((1, 192))
    (left,) = without_telephone(some)
    shared = some[0] - some[0] @ left * left
    through_telephone = plain + 1.5 * shared / np.linalg.norm(shared)
    assert len(group(voices_of(through_telephone), OPTIONS, None)) == 1
    assert without_telephone(through_telephone) == pytest.approx(plain)
    assert len(group(voices_of(plain), OPTIONS, None)) == 2


def test_alike_voices_on_two_lines_are_two_people() -> None:
    people = [0, 1] * 6
    alike = stretches(people, alike=0.62)
    assert len(group(on_lines(alike, [0] * 12), OPTIONS, None)) == 1
    assert members(group(on_lines(alike, people), OPTIONS, None)) == [list(range(0, 12, 2)), list(range(1, 12, 2))]


def test_one_voice_that_changes_its_line_stays_one_person() -> None:
    assert len(group(on_lines(stretches([0] * 12), [0, 1] * 6, differ=4.0), OPTIONS, None)) == 1


def test_who_says_one_thing_over_and_over_is_a_speaker() -> None:
    voices = stretches([0] * 6 + [1], length_ms=1_000, alike=0.1)
    again = [replace(voices[6], members=(place,)) for place in (6, 7, 8)]
    assert [len(one.members) for one in group([*voices[:6], *again], OPTIONS, None)] == [6, 3]


def test_who_hardly_speaks_is_no_speaker_of_his_own() -> None:
    assert len(group(stretches([0, 0, 0, 0, 1]), OPTIONS, None)) == 1


def test_the_number_that_is_known_counts_more_than_likeness() -> None:
    alike = stretches([0, 1] * 6, alike=0.75)
    assert len(group(alike, OPTIONS, None)) == 1
    assert members(group(alike, OPTIONS, 2)) == [list(range(0, 12, 2)), list(range(1, 12, 2))]
    assert len(group(stretches([0, 1, 2] * 6), OPTIONS, 2)) == 2


def test_fewer_than_are_asked_for_where_there_are_not_so_many() -> None:
    assert len(group(stretches([0]), OPTIONS, 4)) == 1


def test_long_calls_are_grouped_block_by_block() -> None:
    people = [place // 5 % 3 for place in range(300)]
    found = group(stretches(people), replace(OPTIONS, block=40), None)
    assert [len(one.members) for one in found] == [100, 100, 100]


def test_noise_in_which_nothing_is_alike_ends() -> None:
    people = list(range(150))
    assert len(group(stretches(people, alike=0.0), replace(OPTIONS, block=20), None)) <= OPTIONS.most_speakers
