"""Every number that telling speakers apart turns on, with its unit and its reason (decision 0038)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StretchOptions:
    """Where the speech of a channel is cut into stretches of one speaker."""

    window_step_ms: int = 8_000
    """From one window of ten seconds to the next: in what they share a pause is looked for."""
    border_reach_ms: int = 900
    """How far from the middle of what two windows share a pause is looked for, to pass from one to the other there."""
    bridged_ms: int = 200
    """Shorter pauses of one speaker are part of the stretch."""
    least_ms: int = 100
    """What is shorter is no stretch."""
    longest_ms: int = 4_000
    """Longer ones are cut evenly: somebody else may have begun without a pause."""


@dataclass(frozen=True, slots=True)
class VoiceOptions:
    """How much of a stretch the embedding network hears."""

    least_ms: int = 200
    """A shorter stretch is heard with what is beside it."""
    most_ms: int = 2_000
    """Of a longer stretch its middle."""


@dataclass(frozen=True, slots=True)
class ClusteringOptions:
    """When two stretches, or groups of them, are one voice."""

    least_ms: int = 800
    """Shorter stretches, and those spoken over, join a group afterwards: they say too little of a voice."""
    blur_ms: float = 1_500.0
    """Two stretches of one voice that last t have a cosine of about t / (t + blur): cosines are compared with that."""
    same_voice: float = 0.28
    """Groups of which nothing is sure are one voice from this corrected cosine on;"""
    same_voice_long: float = 0.43
    """and from so much more where both are long: then a voice is known well, and two of one gender come to 0.6."""
    long_ms: float = 4_000.0
    """Where half of that is added."""
    line_cost: float = 0.1
    """Each unit by which the lines of two voices differ counts so much against their being one, where both are long.
    The difference is that of their colours (mean of squares), less what one line differs by from itself:"""
    line_floor: float = 0.1
    """at any length,"""
    line_spread: float = 0.35
    """and by the inverse of the seconds of each, since what was said colours the mean too."""
    line_most: float = 1.5
    """No lines differ by more than that."""
    line_long_ms: float = 1_000.0
    """Where the shorter of two voices is so long, half of it counts."""
    overlap_cost: float = 0.1
    """What is said while somebody else speaks is less probably of him, by so much of cosine."""
    least_speaker_ms: int = 2_500
    """Who speaks less in all is taken for one of the others."""
    block: int = 400
    """Stretches that are compared at once; longer calls are grouped block by block, then the groups."""
    most_speakers: int = 12
    """More people on one channel are not told apart."""


@dataclass(frozen=True, slots=True)
class WordOptions:
    """Which words go to which speaker: what it costs to change the speaker between two words."""

    within_cost: float = 1.5
    """Inside a clause; a word that is wholly in the stretch of another speaker counts 1 for him."""
    comma_cost: float = 0.8
    sentence_cost: float = 0.2
    """Behind the end of a sentence."""
    pause_ms: int = 1_000
    """A pause of this length makes a change free but for a tenth."""
    sure_ms: int = 1_000
    """A word counts fully for the speaker of a stretch so long, half in a very short one."""
    reach_ms: int = 1_000
    """A word beside all stretches goes to the nearest, from which it is at most so far."""


@dataclass(frozen=True, slots=True)
class DiarizationOptions:
    """All of them, step by step."""

    stretches: StretchOptions = StretchOptions()
    voices: VoiceOptions = VoiceOptions()
    clustering: ClusteringOptions = ClusteringOptions()
    words: WordOptions = WordOptions()
