"""What a channel turns on before it is recognised: offset and loudness, voice, crosstalk (options.py says how)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConditioningOptions:
    """When a channel is balanced or amplified before anything else looks at it; levels in dB of full scale."""

    offset_below_db: float = 20.0
    """An offset is taken off from so far below the voice on: less changes nothing of what is heard."""
    quiet_db: float = -43.0
    """A voice below it is amplified: 20 dB under the usual level. Above it engines need no help."""
    voice_db: float = -23.0
    """The level that it is amplified to: a telephone call that is neither loud nor quiet."""
    headroom_db: float = 14.0
    """Room above the loudest half second, whose peaks are that much higher: no answer in hours of hiss is clipped."""
    max_gain_db: float = 60.0
    """Speech with peaks of -70 dB has five bits of a sample; what needs more gain is none."""


@dataclass(frozen=True, slots=True)
class VoiceActivityOptions:
    """When a channel carries a voice. Thresholds are probabilities of Silero, 0 to 1."""

    onset: float = 0.3
    """A voice begins; the model's own 0.5 loses callers on bad lines."""
    offset: float = 0.15
    """A voice that began goes on."""
    doubtful_onset: float = 0.12
    """`onset` for a channel that Silero knows badly (clipped, narrow, far away): there much of what is as loud as the
    voice stays under `onset`."""
    min_voice_ms: int = 64
    """What is shorter is a click."""
    min_pause_ms: int = 200
    """Voices with a shorter pause between them are one."""


@dataclass(frozen=True, slots=True)
class CrosstalkOptions:
    """When a voice is taken for that of another channel (decision 0014); levels and distances in dB."""

    in_step_db: float = -2.0
    """From so little that is not in step on, a frame is a copy. Two people who talk at once come to -0.6 at most."""
    partly_in_step_db: float = -0.8
    """The same where the level is that of the echo: rooms, codecs and noise take a copy out of step."""
    source_louder_db: float = 3.0
    """How much louder the speech is than its copy: less is where one of two who talk at once fades out."""
    explained_db: float = 4.0
    """What is at most so much above the usual level of the echo is explained by it."""
    beside_echo_db: float = -6.0
    """A voice that is this share of what is heard, and so much more than is usually out of step, is no echo."""
    fading_db: float = 10.0
    """The source has just ended where it is so much below what it was in the last 200 ms: its echo fades out."""
    audible_db: float = 2.5
    """How far above the noise of the channel something of its own is there."""
    min_echo_ms: int = 300
    """Less echo in a call is chance,"""
    min_echo_share: float = 0.05
    """and so is a smaller share of what the source may explain: of two people who talk at once 0.3 % is in step."""
    min_echo_run_ms: int = 64
    """What is in step for less is chance as well."""
    min_own_ms: int = 160
    """What is not in step for less is a hole in the echo; a "yes" is longer."""
    beside_own_ms: int = 100
    """Left alone on both sides of the channel's own speech."""
    min_same_ms: int = 1_000
    """Less voice does not tell that two channels are the same sound."""
    same_share: float = 0.85
    """The share of the voice of both channels that is in step where they are the same sound."""
    same_spread_db: float = 6.0
    """How much their distance in level may change (first to last tenth): each louder in turn are two microphones."""
    same_distance_db: float = 12.0
    """How far their levels may lie apart: a fainter copy is the echo of one who talks alone."""
    louder_db: float = 1.5
    """Of two channels of the same sound the louder one is kept, the first where they differ by less."""
    mix_db: float = 6.0
    """Levels so close are the same, where a channel is the mix of all that the others carry."""
