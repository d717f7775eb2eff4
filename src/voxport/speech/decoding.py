"""One batch through the model: encode, decode, align. Knows the model library, nothing of calls or channels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

from voxport.speech.jobs import Answer, Job, Mode, Token
from voxport.speech.levels import FRAME_MS, Floats

_STEP_MS = 20
_SAMPLED = 5
_TOKENS_A_SECOND = 12
_TOKENS_AT_LEAST = 24
_LONGEST_PROMPT = 208
"""Tokens; of the 448 that the model takes, a prompt may have half."""
_PROMPT_STEP = 16


class Decoder:
    """The model and what belongs to it. `decode` may run in several threads at once."""

    def __init__(self, whisper: Any) -> None:
        self._model = whisper.model
        self._extract = whisper.feature_extractor
        self._vocabulary = whisper.hf_tokenizer
        self._longest_tokens = int(whisper.max_length)
        self._tokenizer = lru_cache(maxsize=None)(self._make_tokenizer)

    def speaks(self, language: str) -> bool:
        """Whether the model knows a language (an English-only model knows one)."""
        if not self._model.is_multilingual:
            return language == "en"
        return self._vocabulary.token_to_id(f"<|{language}|>") is not None

    def features(self, samples: Floats) -> Floats:
        """Mel features of a stretch of sound, one column a frame of 10 ms."""
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
            if len(tokens) + len(more) > _LONGEST_PROMPT:
                break
            tokens = [*more, *tokens]
        (comma,) = tokenizer.encode(",")
        return (comma,) * (-len(tokens) % _PROMPT_STEP) + tuple(tokens)

    def decode(self, jobs: Sequence[Job]) -> list[Answer]:
        """Answers in order; all jobs are of one kind. Each answer follows its own job's prompt and no other."""
        mode, tokenizer = jobs[0].mode, self._tokenizer(jobs[0].language)
        encoded = self._model.encode(_stack(jobs, mode))
        results = self._generate(encoded, jobs, tokenizer, mode)
        texts = [[token for token in result.sequences_ids[0] if token < tokenizer.eot] for result in results]
        aligned = self._align(encoded, jobs, tokenizer, texts)
        return [
            Answer(
                tokenizer.decode(text).strip(),
                tokens,
                # The library's score is a mean over the tokens; the end token counts as one too.
                result.scores[0] * len(result.sequences_ids[0]) / (len(result.sequences_ids[0]) + 1),
                result.no_speech_prob,
                mode,
            )
            for result, text, tokens in zip(results, texts, aligned, strict=True)
        ]

    def _generate(self, encoded: Any, jobs: Sequence[Job], tokenizer: Tokenizer, mode: Mode) -> Any:
        start = list(tokenizer.sot_sequence)
        if not mode.time_tokens:
            start.append(tokenizer.no_timestamps)
        prompts = [[tokenizer.sot_prev, *job.prompt, *start] if job.prompt else start for job in jobs]
        longest_s = max(job.features.shape[1] for job in jobs) * FRAME_MS / 1000
        search = {"beam_size": mode.beam}
        if mode.temperature > 0:
            search = {"beam_size": 1, "num_hypotheses": _SAMPLED, "sampling_topk": 0}
        return self._model.generate(
            encoded,
            prompts,
            # Nobody speaks faster; a loop that nothing else stops ends here instead of at 448 tokens.
            max_length=min(
                self._longest_tokens, len(prompts[0]) + _TOKENS_AT_LEAST + int(longest_s * _TOKENS_A_SECOND)
            ),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=list(get_suppressed_tokens(tokenizer, [-1]) or ()),
            max_initial_timestamp_index=50,
            sampling_temperature=mode.temperature,
            **search,
        )

    def _align(
        self, encoded: Any, jobs: Sequence[Job], tokenizer: Tokenizer, texts: Sequence[list[int]]
    ) -> list[tuple[Token, ...]]:
        if not any(texts):
            return [() for _ in texts]
        # The library wants text for each row: an empty one gets a mark that is thrown away.
        filler = tokenizer.encode(".")
        frames = [max(2, job.features.shape[1]) for job in jobs]
        results = self._model.align(
            encoded, tokenizer.sot_sequence, [text or filler for text in texts], frames, median_filter_width=7
        )
        return [_tokens(result, tokenizer, text) if text else () for result, text in zip(results, texts, strict=True)]

    def _make_tokenizer(self, language: str) -> Tokenizer:
        return Tokenizer(self._vocabulary, self._model.is_multilingual, task="transcribe", language=language)


def _stack(jobs: Sequence[Job], mode: Mode) -> Any:
    """Features side by side, each followed by silence (its own quietest value) up to the end of the window."""
    frames = mode.window_ms // FRAME_MS
    batch = np.empty((len(jobs), jobs[0].features.shape[0], frames), np.float32)
    for row, job in zip(batch, jobs, strict=True):
        kept = job.features[:, :frames]
        row[:] = kept.min()
        row[:, : kept.shape[1]] = kept
    return ctranslate2.StorageView.from_array(batch)


def _tokens(result: Any, tokenizer: Tokenizer, text: list[int]) -> tuple[Token, ...]:
    """Units of readable text with the time at which the alignment enters and leaves them."""
    entered = np.full(len(text) + 2, -1, np.int64)
    for token, step in reversed(result.alignments):
        if token < entered.shape[0]:
            entered[token] = step
    last_step = result.alignments[-1][1] + 1 if result.alignments else 0
    # A token that the path never enters takes the time of the one after it.
    following = last_step
    for index in range(entered.shape[0] - 1, -1, -1):
        if entered[index] < 0:
            entered[index] = following
        following = entered[index]
    units, parts = tokenizer.split_tokens_on_unicode(text)
    tokens: list[Token] = []
    position = 0
    for unit, part in zip(units, parts, strict=True):
        until = position + len(part)
        probabilities = result.text_token_probs[position:until]
        tokens.append(
            Token(
                unit,
                int(entered[position]) * _STEP_MS,
                int(entered[until]) * _STEP_MS,
                float(np.mean(probabilities)) if len(probabilities) else 0.0,
            )
        )
        position = until
    return tuple(tokens)
