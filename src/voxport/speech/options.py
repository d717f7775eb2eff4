"""Every number that recognition turns on, with its unit and its reason; one value for each step, in their order.

The defaults are measured with the model base (decisions 0003 and 0008). Benchmarks sweep them by giving others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from voxport.speech.channel_options import ConditioningOptions, CrosstalkOptions, VoiceActivityOptions
from voxport.speech.engine import AlignmentLead, DecodingOptions
from voxport.speech.language_options import LanguageOptions

FULL_WINDOW_MS = 30_000
"""The window that Whisper models were trained with."""
BEAM_SIZE = 3
"""As good as 5 on real calls, and a fifteenth cheaper (decision 0012)."""
CPU_BATCH_FRAMES = 12_000
"""Six windows of 20 s, four of 30 s."""
GPU_BATCH_FRAMES = 24_000
"""Eight windows of 30 s, as faster-whisper's batched pipeline takes by default: large-v3 fits into 16 GB with them."""
_FULL_WINDOW = DecodingOptions(FULL_WINDOW_MS, BEAM_SIZE, temperature=0.0, timestamp_tokens=True)


ALIGNMENT_LEADS = {"base": AlignmentLead(55, 0.5, 14), "tiny.en": AlignmentLead(-10, 0.0, 5)}
"""Of Whisper models by the name of their folder, fitted to exact starts (decision 0016): 110 ms early, 30 ms late."""
UNKNOWN_LEAD = AlignmentLead(50)
"""Of Whisper models that were not measured: between those that were."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How a model is loaded and fed."""

    device: str = "auto"
    """`cpu`, `cuda`, or `auto`: a GPU where there is one."""
    compute_type: str = "auto"
    """A CTranslate2 type (`int8`, `float16`, ...); `auto` is int8 on a CPU, float16 on a GPU."""
    threads: int = 0
    """CPU threads; 0 takes every core that this process may use."""
    batch_frames: int = 0
    """The most frames (10 ms) of all windows of a batch together; 0: `CPU_BATCH_FRAMES` or `GPU_BATCH_FRAMES`."""
    devices: tuple[int, ...] = ()
    """GPUs to use, by their number; each holds the model, and batches go to whichever is free. Empty: the first one."""
    languages: tuple[str, ...] = ()
    """Primary codes of the languages that may be asked for; empty: all that the model says it knows."""

    @property
    def asks_for_gpu(self) -> bool:
        """Whether a model that cannot run on a GPU is not to run at all."""
        return self.device == "cuda" or bool(self.devices)

    def batch_frames_on(self, device: str) -> int:
        """`batch_frames` for `cpu` or `cuda`."""
        return self.batch_frames or (GPU_BATCH_FRAMES if device == "cuda" else CPU_BATCH_FRAMES)


@dataclass(frozen=True, slots=True)
class RemoteOptions:
    """How a remote endpoint is asked."""

    model: str = "whisper-1"
    """Its name there; the default is the one of OpenAI's own, for which many servers take the model they have."""
    key: str | None = field(default=None, repr=False)
    """Sent as a bearer token."""
    concurrency: int = 8
    """Requests under way at once: a pool of GPUs is full only with several for each."""
    timeout_s: float = 120.0
    """For the answer to one request, which has at most 30 s of sound: a pool may let it wait in a queue."""
    attempts: int = 3
    """For each segment, before the call waits as a whole."""


@dataclass(frozen=True, slots=True)
class SegmentationOptions:
    """Where a channel is cut into segments: prices are weighed against one another, in the unit of `window_costs`."""

    window_costs: tuple[tuple[int, float], ...] = (
        (20_000, 3.2),
        (30_000, 6.0),
    )
    """(window in ms, cost in tenths of a second of two cores), the shortest first; measured for the model base."""
    max_segment_ms: int = 28_000
    """The longest voice of a segment: long ones have context, and the longest window needs room behind them."""
    max_stretch_ms: int = 60_000
    """The longest time from its first voice to its last: sections are saved when all of their segments are decoded."""
    padding_ms: int = 350
    """Sound kept on both sides of the voice (decision 0003 compares 250, 350 and 400 ms)."""
    max_gap_ms: int = 600
    """What a segment keeps of a longer pause between its voices: half of it behind the one, half before the other."""
    margin_ms: int = 1_000
    """Least silence between a segment and the end of its window: speech up to the end makes the model repeat itself."""
    short_pause_ms: int = 250
    """A cut in a pause up to this length pays the whole `cut_cost`: it tears a sentence."""
    long_pause_ms: int = 3_000
    """A cut in a pause of this length costs nothing."""
    cut_cost: float = 20.0
    """Price of a cut in a short pause."""

    def window_ms(self, length_ms: int) -> int:
        """The smallest window that holds a segment and its margin; the largest where none does."""
        for window_ms, _ in self.window_costs:
            if length_ms + self.margin_ms <= window_ms:
                return window_ms
        return self.window_costs[-1][0]


@dataclass(frozen=True, slots=True)
class FallbackOptions:
    """When a hypothesis is doubtful, how its segment is decoded again, and when nobody said it at all."""

    min_average_logprob: float = -0.9
    """Less is doubtful (`log_prob_threshold` of faster-whisper)."""
    clear_logprob: float = -0.5
    """A hypothesis with more, and with less than `clear_no_speech`, is of a clear line: it gets any second look;"""
    clear_no_speech: float = 0.4
    """elsewhere second looks share `max_again_share`."""
    max_again_share: float = 0.33
    """What is decoded again of noisy segments costs at most so much of a section's first attempts, or one window."""
    min_missed_logprob: float = -0.7
    """Words of missed speech have to be more probable: what nobody heard at first may be noise."""
    max_compression_ratio: float = 2.4
    """Text that packs better is a loop, or something said over and over (`compression_ratio_threshold`)."""
    max_letters_per_second: float = 32.0
    """Nobody says more letters in a second of voice."""
    max_uncovered_ms: int = 1_200
    """A longer stretch of certain voice without text is missed speech."""
    max_token_ms: int = 800
    """A token covers at most this much voice: the alignment lets it last through what was missed."""
    no_speech_threshold: float = 0.6
    """Above it the model says that nobody speaks (as in faster-whisper)."""
    no_speech_logprob: float = -0.8
    """Text with less, where the model says that nobody speaks, was not said."""
    weak_voice: float = 0.5
    """Peak probability of voice below which text has to be all but certain: `weak_voice_logprob`, `..._no_speech`."""
    weak_voice_logprob: float = -0.5
    """What text over a weak voice has to exceed."""
    weak_voice_no_speech: float = 0.3
    """What the no-speech probability over a weak voice has to stay under."""
    certain_voice: float = 0.7
    """Peak probability of voice from which missed speech is looked for."""
    ladder: tuple[DecodingOptions, ...] = (
        _FULL_WINDOW,
        replace(_FULL_WINDOW, temperature=0.4),
        replace(_FULL_WINDOW, temperature=0.8),
    )
    """Tried in order, each once, while the latest hypothesis is doubtful; empty: a segment is decoded once."""


@dataclass(frozen=True, slots=True)
class RepetitionOptions:
    """Which passages of a hypothesis are counted again, and how (decision 0012)."""

    counts_again: bool = True
    """False: what is said several times stays as often as it was recognised."""
    min_repeated_words: int = 4
    """What is said three times or more counts from so many words on, all copies together ("no, no, no, no")."""
    min_copy_words: int = 4
    """What stands twice has at least so many words ("thank you, thank you" is said all the time),"""
    max_words_between: int = 3
    """and at most so many others between its copies: a sentence that breaks off and begins again."""
    max_distance_words: int = 40
    """The longest sentence whose copy is looked for."""
    max_repeated_digit: int = 5
    """A digit that stands more often in a row was likely counted wrongly."""
    min_timeless_words: int = 3
    """As many words in a row without length have no sound of their own."""
    reach_ms: int = 700
    """How far into the words around a passage its sound reaches: the alignment is not sure of their places."""
    max_pause_ms: int = 1_500
    """Pauses up to this length are listened to: voice activity may have missed one of many copies."""
    max_part_ms: int = 3_000
    """The longest part that is counted at once; in it the model does not lose count."""
    padding_ms: int = 200
    """Sound kept on both sides of a part."""
    window_ms: int = 10_000
    """Of parts without figures: a third of the cost of 20 s."""


@dataclass(frozen=True, slots=True)
class ContextOptions:
    """Which segments are decoded with what was said right before them (decision 0024)."""

    max_channels: int = 1
    """Channels of a recording: two people on one channel gain, the sides of a call that are apart do not."""
    draft_beam_size: int = 1
    """Of the first attempts at all segments, which give the context."""
    clear_logprob: float = -0.15
    """A first attempt with more is taken as it is: a search with context changes nothing there."""
    max_letters: int = 1_200
    """Of the text before a segment so much is looked at; the engine takes its end."""


@dataclass(frozen=True, slots=True)
class BiasingOptions:
    """What is asked of a term of the vocabulary before it takes the place of words (decision 0008); all 0 to 1."""

    min_likeness: float = 0.45
    """The least likeness of sound to the words that give way."""
    min_evidence: float = 0.62
    """The least of likeness and half the term's probability together, in place of words that no dictionary has."""
    clear_word: float = 0.95
    """Ordinary words give way only where none was heard with this probability."""
    unclear_word: float = 0.6
    """Ordinary words that are spelled like a sounds-like form give way only where one is less probable."""
    min_odds: float = 0.25
    """The least probability of a term beside that of the ordinary words that it replaces."""
    same_sound: float = 0.8
    """Likeness of sound from which other letters are the term."""
    weight_step: float = 0.03
    """What each step of a term's weight (0 to 5) takes off what is asked of it."""


@dataclass(frozen=True, slots=True)
class WordTimingOptions:
    """How the times of the engine's alignment are corrected by the voice and the sound of the channel (decision 0016).

    Costs are in ms of voice that a word's aligned time is moved over.
    """

    lean_cost: float = 0.1
    """Of each ms of earlier voice that an aligned word loses: the alignment begins words too early."""
    apart_cost: float = 0.5
    """Of each ms between an aligned word and the stretch of voice that it is moved to;"""
    lengthless_apart_cost: float = 0.01
    """the same for a word to which the alignment gave no length, and so no place of its own."""
    late_voice_ms: int = 60
    """How much later than its sound a voice may be noticed: two steps of voice activity."""
    unsaid_cost: float = 0.2
    """Of each ms of a stretch of voice in which no word was said."""
    max_unsaid_ms: int = 500
    """Of such a stretch so much counts at most: it may be no speech, or speech that was not understood."""
    parting_ms: int = 150
    """What it costs to part the digits of one word."""
    parting_pause_ms: int = 800
    """Digits with a longer pause between them are words of their own: they answer two questions."""
    max_lead_ms: int = 300
    """The most that a start is moved later by the lead of the alignment (`AlignmentLead`);"""
    max_lag_ms: int = 100
    """the most that it is moved earlier."""
    onset_ms: int = 150
    """The first word of a stretch begins with it, unless the alignment begins it so much later."""
    tail_ms: int = 400
    """The last word of a stretch ends with it, unless the alignment ends it so much earlier."""
    trail_ms: int = 100
    """How much later than the alignment says a word may end."""
    max_wait_ms: int = 700
    """How far behind the alignment's start the sound of a word is looked for in fluent speech."""
    min_word_ms: int = 40
    """The least that a word lasts."""
    max_word_base_ms: int = 500
    """A word lasts at most this and `max_word_letter_ms` a letter (a digit has four)."""
    max_word_letter_ms: int = 220
    """See `max_word_base_ms`."""


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    """The options of all steps between samples and transcript; `EngineOptions` belong to the loaded model."""

    conditioning: ConditioningOptions = field(default_factory=ConditioningOptions)
    voice_activity: VoiceActivityOptions = field(default_factory=VoiceActivityOptions)
    crosstalk: CrosstalkOptions | None = field(default_factory=CrosstalkOptions)
    """None: every channel is recognised as it is, echoes included."""
    segmentation: SegmentationOptions = field(default_factory=SegmentationOptions)
    beam_size: int = BEAM_SIZE
    """Of the first attempt at a segment."""
    timestamp_tokens: bool = False
    """Of the first attempt: without them the text is better, but may end after a sentence (the fallback sees that)."""
    context: ContextOptions = field(default_factory=ContextOptions)
    fallback: FallbackOptions = field(default_factory=FallbackOptions)
    repetition: RepetitionOptions = field(default_factory=RepetitionOptions)
    biasing: BiasingOptions = field(default_factory=BiasingOptions)
    languages: LanguageOptions = field(default_factory=LanguageOptions)
    word_timing: WordTimingOptions = field(default_factory=WordTimingOptions)

    def first_attempt(self, window_ms: int) -> DecodingOptions:
        """How a segment for a window of that length is decoded first."""
        return DecodingOptions(window_ms, self.beam_size, temperature=0.0, timestamp_tokens=self.timestamp_tokens)
