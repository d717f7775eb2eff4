"""Whisper models by faster-whisper (CTranslate2): a batch is encoded, decoded and aligned.

Knows the model library, nothing of calls or channels. Its decoding loop is not used: decision 0003 says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ctranslate2
import numpy as np
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

from voxport.core.errors import Misconfigured
from voxport.core.transcript import Span
from voxport.speech.engine import (
    AlignmentLead,
    Capabilities,
    DecodingOptions,
    DecodingRequest,
    Hypothesis,
    LanguageProbability,
    Token,
)
from voxport.speech.engines.aligned_tokens import ENCODER_STEP_MS, aligned_tokens
from voxport.speech.engines.encoded_sound import EncodedSound
from voxport.speech.engines.processors import choose_arithmetic, choose_place, lanes_and_threads, tell_place
from voxport.speech.levels import FRAME_MS, Floats
from voxport.speech.options import ALIGNMENT_LEADS, UNKNOWN_LEAD, EngineOptions

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_SAMPLED_HYPOTHESES = 5
"""`best_of` of faster-whisper: so many are sampled at a temperature, the most probable is taken."""
_MAX_TOKENS_PER_SECOND = 12
"""Nobody speaks faster; a loop that nothing else stops ends here instead of at 448 tokens."""
_MIN_TOKEN_LIMIT = 24
"""Tokens that any segment may have, and that the seconds add to."""
_MAX_PROMPT_TOKENS = 208
"""Of the 448 that the model takes, a prompt may have half."""
_PROMPT_STEP_TOKENS = 16
"""Prompts are filled up to a multiple, so that many share a length, and with it a batch."""
_MAX_INITIAL_TIMESTAMP_INDEX = 50
"""The first timestamp token lies within the first second, as Whisper was trained."""
_MEDIAN_FILTER_FRAMES = 7
"""Smoothing of the attention that the alignment reads, as in faster-whisper."""
_STRETCH_FRAMES = 64
"""Encoder frames that stand for a stretch: a language is told as well by them as by all, at a fraction of the cost."""
_RESTING_FRAMES = 12
"""Encoder frames of the least norm that are given with them."""


class FasterWhisperModel:
    """A CTranslate2 Whisper model in a folder, not loaded yet.

    Raises Misconfigured for processors and arithmetic that this machine does not have.
    """

    def __init__(self, folder: Path, options: EngineOptions | None = None) -> None:
        self._folder = folder
        self._options = options or EngineOptions()
        self.place = choose_place(self._options)
        self._compute_type = choose_arithmetic(self.place, self._options.compute_type)

    @property
    def name(self) -> str:
        """`faster-whisper base int8`."""
        return f"faster-whisper {self._folder.name} {self._compute_type}"

    def load(self) -> FasterWhisper:
        """Loads the weights; raises Misconfigured when they cannot be loaded on this machine."""
        from faster_whisper import WhisperModel

        device, gpus = self.place.device, self.place.gpus
        lanes, threads = lanes_and_threads(self._options, self.place)
        try:
            whisper = WhisperModel(
                str(self._folder),
                device=device,
                device_index=list(gpus) or 0,
                compute_type=self._compute_type,
                cpu_threads=threads,
                num_workers=lanes // max(1, len(gpus)),
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise Misconfigured(
                f"The model in {self._folder} cannot be loaded on {self.place} as {self._compute_type}: {error}"
            ) from error
        tell_place(self.name, self.place)
        batch_frames = self._options.batch_frames_on(device)
        lead = ALIGNMENT_LEADS.get(self._folder.name, UNKNOWN_LEAD)
        return FasterWhisper(whisper, lanes, batch_frames, self._options.languages, lead)


class FasterWhisper:
    """The loaded model and its tokenizer: an `Engine`."""

    def __init__(
        self,
        whisper: WhisperModel,
        lanes: int,
        batch_frames: int,
        languages: Sequence[str] = (),
        lead: AlignmentLead = UNKNOWN_LEAD,
    ) -> None:
        self.capabilities = Capabilities(
            window=True, beam_size=True, temperature=True, timestamp_tokens=True, context=True, lead=lead
        )
        self.lanes = lanes
        self.batch_frames = batch_frames
        self._model = whisper.model
        self._extract = whisper.feature_extractor
        self._vocabulary = whisper.hf_tokenizer
        self._languages = frozenset(languages)
        # What one GPU encoded, another may decode.
        self._shares_gpus = whisper.model.device == "cuda" and len(whisper.model.device_index) > 1
        self._max_tokens = int(whisper.max_length)
        self._encoded = EncodedSound()
        self._tokenizer = lru_cache(maxsize=None)(self._make_tokenizer)

    @property
    def identifies_languages(self) -> bool:
        """Whether the model has tokens of languages: an English-only model has none."""
        return bool(self._model.is_multilingual)

    def knows(self, language: str) -> bool:
        """Whether the model knows a language (an English-only model knows one), and the operator let it be asked."""
        if self._languages and language not in self._languages:
            return False
        if not self._model.is_multilingual:
            return language == "en"
        return self._vocabulary.token_to_id(f"<|{language}|>") is not None

    def features(self, samples: Floats) -> Floats:
        """Mel features, shape (mels, frames of 10 ms)."""
        return np.asarray(self._extract(samples)[..., :-1], np.float32)

    def prompt(self, terms: Sequence[str], language: str) -> tuple[int, ...]:
        """A prompt of the terms that fit, the last ones first, of a length that many prompts share.

        It is filled up with commas on the left. (Filled with the same terms again it makes the model go on listing
        them; measured in decision 0008.)
        """
        tokenizer = self._tokenizer(language)
        tokens: list[int] = []
        for term in reversed(terms):
            more = tokenizer.encode(f" {term}," if tokens else f" {term}.")
            if len(tokens) + len(more) > _MAX_PROMPT_TOKENS:
                break
            tokens = [*more, *tokens]
        (comma,) = tokenizer.encode(",")
        return (comma,) * (-len(tokens) % _PROMPT_STEP_TOKENS) + tuple(tokens)

    def context(self, text: str, language: str) -> tuple[int, ...]:
        """The last tokens of the text, as many as a prompt may have; else a multiple that many prompts share."""
        tokens = self._tokenizer(language).encode(f" {text}") if text else []
        shared = len(tokens) - len(tokens) % _PROMPT_STEP_TOKENS
        return tuple(tokens[-min(_MAX_PROMPT_TOKENS, shared or len(tokens)) :]) if tokens else ()

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        """Hypotheses in order. Each follows its own request's prompt and no other."""
        options, tokenizer = requests[0].options, self._tokenizer(requests[0].language)
        encoded = self._encode(requests, options)
        results = self._generate(encoded, requests, tokenizer, options)
        texts = [[token for token in result.sequences_ids[0] if token < tokenizer.eot] for result in results]
        aligned = self._align(encoded, requests, tokenizer, texts)
        languages = self._identify(encoded, requests)
        return [
            Hypothesis(
                text=tokenizer.decode(text).strip(),
                tokens=tokens,
                # The library's score is a mean over the tokens; the end token counts as one too.
                average_logprob=result.scores[0] * len(result.sequences_ids[0]) / (len(result.sequences_ids[0]) + 1),
                no_speech_probability=result.no_speech_prob,
                options=options,
                languages=heard,
            )
            for result, text, tokens, heard in zip(results, texts, aligned, languages, strict=True)
        ]

    def close(self) -> None:
        """Gives the memory of the weights back; the library loads nothing again."""
        self._model.unload_model()

    def _encode(self, requests: Sequence[DecodingRequest], options: DecodingOptions) -> ctranslate2.StorageView:
        """What the encoder makes of the features, now or in an earlier request for the same features and window."""
        kept = self._encoded.find([request.features for request in requests], options.window_ms)
        if kept is not None:
            return ctranslate2.StorageView.from_array(kept)
        encoded = self._model.encode(_padded(requests, options), to_cpu=self._shares_gpus)
        again = [row for row, request in enumerate(requests) if request.is_asked_again]
        if again:
            rows = _rows(encoded)
            for row in again:
                self._encoded.keep(requests[row].features, options.window_ms, rows[row])
        return encoded

    def _generate(
        self,
        encoded: ctranslate2.StorageView,
        requests: Sequence[DecodingRequest],
        tokenizer: Tokenizer,
        options: DecodingOptions,
    ) -> Any:
        start = list(tokenizer.sot_sequence)
        if not options.timestamp_tokens:
            start.append(tokenizer.no_timestamps)
        prompts = [[tokenizer.sot_prev, *request.prompt, *start] if request.prompt else start for request in requests]
        longest_s = max(request.features.shape[1] for request in requests) * FRAME_MS / 1000
        search = {"beam_size": options.beam_size}
        if options.temperature > 0:
            search = {"beam_size": 1, "num_hypotheses": _SAMPLED_HYPOTHESES, "sampling_topk": 0}
        return self._model.generate(
            encoded,
            prompts,
            max_length=min(
                self._max_tokens, len(prompts[0]) + _MIN_TOKEN_LIMIT + int(longest_s * _MAX_TOKENS_PER_SECOND)
            ),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=list(get_suppressed_tokens(tokenizer, [-1]) or ()),
            max_initial_timestamp_index=_MAX_INITIAL_TIMESTAMP_INDEX,
            sampling_temperature=options.temperature,
            **search,
        )

    def _align(
        self,
        encoded: ctranslate2.StorageView,
        requests: Sequence[DecodingRequest],
        tokenizer: Tokenizer,
        texts: Sequence[list[int]],
    ) -> list[tuple[Token, ...]]:
        if not any(texts):
            return [() for _ in texts]
        # The library wants text for each row: an empty one gets a mark that is thrown away.
        filler = tokenizer.encode(".")
        frames = [max(2, request.features.shape[1]) for request in requests]
        results = self._model.align(
            encoded,
            tokenizer.sot_sequence,
            [text or filler for text in texts],
            frames,
            median_filter_width=_MEDIAN_FILTER_FRAMES,
        )
        return [
            aligned_tokens(result, tokenizer, text) if text else () for result, text in zip(results, texts, strict=True)
        ]

    def _identify(
        self, encoded: ctranslate2.StorageView, requests: Sequence[DecodingRequest]
    ) -> list[tuple[tuple[LanguageProbability, ...], ...]]:
        """One step of the decoder over a selection of what was encoded already; nothing where no request asks."""
        rows = [(row, span) for row, request in enumerate(requests) for span in request.stretches]
        if not rows or not self.identifies_languages:
            return [() for _ in requests]
        frames = _rows(encoded)
        selected = np.stack([_selected(frames[row], span) for row, span in rows])
        heard = iter(self._model.detect_language(ctranslate2.StorageView.from_array(selected)))
        return [
            tuple(
                tuple(LanguageProbability(token[2:-2], probability) for token, probability in next(heard))
                for _ in request.stretches
            )
            for request in requests
        ]

    def _make_tokenizer(self, language: str) -> Tokenizer:
        return Tokenizer(self._vocabulary, self._model.is_multilingual, task="transcribe", language=language)


def _padded(requests: Sequence[DecodingRequest], options: DecodingOptions) -> ctranslate2.StorageView:
    """Features side by side, each followed by silence (its own quietest value) up to the end of the window."""
    frames = options.window_ms // FRAME_MS
    batch = np.empty((len(requests), requests[0].features.shape[0], frames), np.float32)
    for row, request in zip(batch, requests, strict=True):
        kept = request.features[:, :frames]
        row[:] = kept.min()
        row[:, : kept.shape[1]] = kept
    return ctranslate2.StorageView.from_array(batch)


def _rows(encoded: ctranslate2.StorageView) -> Floats:
    """What was encoded, shape (windows, encoder frames, width); NumPy has no bfloat16, which some arithmetics leave."""
    plain = encoded.to_device(ctranslate2.Device.cpu).to(ctranslate2.DataType.float32)
    return np.asarray(plain, np.float32)


def _selected(row: Floats, span: Span) -> Floats:
    """Encoder frames that stand for a stretch of a window, evenly spaced, and behind them the window's resting frames.

    A few frames of each window, most of them in silence, have a norm of a fifth of all others': attention rests on
    them, and without one the model says Chinese to everything (measured with the model base, decision 0015).
    """
    first = min(span.start_ms // ENCODER_STEP_MS, len(row) - 1)
    last = min(max(first, span.end_ms // ENCODER_STEP_MS), len(row) - 1)
    stretch = np.linspace(first, last, _STRETCH_FRAMES).round().astype(np.int64)
    resting = np.sort(np.argpartition(np.linalg.norm(row, axis=1), _RESTING_FRAMES)[:_RESTING_FRAMES])
    return np.take(row, np.concatenate([stretch, resting]), axis=0)
