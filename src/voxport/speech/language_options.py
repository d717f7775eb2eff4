"""What noticing other languages turns on (options.py says how)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageOptions:
    """When a stretch of speech is in another language than the one asked for (decision 0015)."""

    max_pause_ms: int = 350
    """Voices with a shorter pause between them are one stretch: who changes the language pauses."""
    max_joined_ms: int = 5_000
    """Voices are joined up to this length: a language is certain long before."""
    max_stretch_ms: int = 7_000
    """A voice without pauses that is longer is divided."""
    full_weight_ms: int = 1_200
    """Voice from which a stretch counts in full; a shorter one counts by its share of this."""
    max_log_odds: float = 5.0
    """The most that one stretch says for or against a language, in natural logarithms."""
    floor: float = 0.003
    """What every language has at least: probabilities below are noise of the model."""
    not_english_log_odds: float = 2.0
    """For an asked language other than English in each full stretch: the model is less sure of all of them."""
    start_log_odds: float = 2.0
    """For the asked language at the beginning of a channel: what is asked for is most often right."""
    change_price: float = 1.0
    """What a change of language from one stretch to the next costs, in natural logarithms."""
    min_probability: float = 0.6
    """Another language is spoken from this probability on."""
    hopeless_probability: float = 0.1
    """A segment in which the asked language is less probable is not decoded again in it, however doubtful the text."""
    likely: tuple[str, ...] = ("en", "es", "fr", "de", "it", "pt", "nl")
    """Languages that requests can name; of two that sound alike (Portuguese and Galician) the known one is meant."""
    unlikely_prior: float = 0.1
    """How probable all others are beside them, before anything is heard."""
    mistaken: tuple[str, ...] = ("br", "cy", "haw", "jw", "km", "la", "mi", "nn", "sa", "sn", "th", "yo")
    """Languages that the model names for speech with an accent; it knows little of them and writes them badly."""
    mistaken_prior: float = 0.01
    """How probable these are beside the likely ones: certain Thai is Thai."""
    kin_prior: float = 0.3
    """How probable kin of an asked language other than English are, beside the rest: the model mixes them up."""
    not_allowed_prior: float = 0.05
    """How probable languages are that a request with allowed languages does not name."""
    max_sound_log_odds: float = 2.0
    """The most that the sound of a passage says for another language beside its words, in natural logarithms."""
    words_weight: float = 16.0
    """What it counts when words in one language are certain and those in the other impossible, in natural logarithms.
    Of two that are both improbable neither says much."""
    missing_probability: float = 0.22
    """What speech without words counts as: less probable than words that were misheard."""
    letters_per_second: float = 6.0
    """With fewer letters in a second of voice words are missing; people speak twice as many."""
    least_word_probability: float = 0.03
    """What every word has at least: no single one decides."""
    min_lone_ms: int = 1_000
    """Voice of a passage that is the only one of its language on a channel; with less it is none, unless languages are
    allowed: one word alone is taken for many."""
    lone_ms: int = 2_000
    """With less than this it needs better words:"""
    lone_price: float = 3.0
    """so much, in natural logarithms."""
    allowed_log_odds: float = 2.0
    """For a passage in an allowed language, beside what was heard: it was expected."""
