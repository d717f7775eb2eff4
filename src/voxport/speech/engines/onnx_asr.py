"""Models in the ONNX format by onnx-asr: NeMo (Parakeet, Canary), GigaAM, Kaldi, T-One and Whisper.

A folder says in its `config.json` which of them it holds. Decoding is greedy, so a segment is heard in one way only.
Nothing is ever fetched from a hub: the library is given a folder and a type, which no hub knows.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voxport.core.audio import SPEECH_RATE_HZ
from voxport.core.errors import Misconfigured
from voxport.speech.engine import (
    UNKNOWN_LOGPROB,
    UNKNOWN_PROBABILITY,
    Capabilities,
    DecodingRequest,
    Hypothesis,
    Token,
)
from voxport.speech.engines.plain_text import untimed_tokens
from voxport.speech.engines.processors import (
    CUBLAS,
    CUDNN,
    Place,
    choose_place,
    lanes_and_threads,
    tell_place,
)
from voxport.speech.levels import Floats
from voxport.speech.options import EngineOptions

if TYPE_CHECKING:
    from onnx_asr.adapters import TimestampedResultsAsrAdapter
    from onnx_asr.asr import TimestampedResult
    from onnxruntime import SessionOptions

_CONFIG = "config.json"
_LANGUAGE_TOKENS = {
    "whisper": "added_tokens.json",
    "whisper-ort": "added_tokens.json",
    "nemo-conformer-aed": "vocab.txt",
}
"""Types that are told the language, and the file in which the folder has a token for each."""
_LANGUAGE_TOKEN = re.compile(r"<\|([a-z]{2,3})\|>")
_TYPES = frozenset(
    {
        *_LANGUAGE_TOKENS,
        "gigaam-multilingual-ctc",
        "gigaam-multilingual-large-ctc",
        "gigaam-v2-ctc",
        "gigaam-v2-rnnt",
        "gigaam-v3-ctc",
        "gigaam-v3-e2e-ctc",
        "gigaam-v3-e2e-rnnt",
        "gigaam-v3-rnnt",
        "kaldi-rnnt",
        "nemo-conformer-ctc",
        "nemo-conformer-rnnt",
        "nemo-conformer-tdt",
        "t-one-ctc",
        "vosk",
    }
)
"""Types that the library opens from a folder."""
_SAVED_AS = {"float32": None, "int8": "int8", "float16": "fp16"}
"""The ending by which the library knows files of an arithmetic (`model.int8.onnx`)."""
_MAX_TOKEN_MS = 800
"""A token lasts at most this long where the next one is far: the models say only when it begins."""
_GPU_PROVIDER = "CUDAExecutionProvider"


class OnnxModel:
    """A folder with an ONNX model, not loaded yet.

    Raises Misconfigured where the folder does not say what it holds or lacks a file of it, and for processors and
    arithmetic that this machine or the model does not have.
    """

    def __init__(self, folder: Path, options: EngineOptions | None = None) -> None:
        self._folder = folder
        self._options = options or EngineOptions()
        self._type = _model_type(folder)
        self.place = _place(self._options)
        self._arithmetic = _arithmetic(folder, self._options.compute_type, self.place.device)
        self._languages = _languages(folder, self._type, self._options.languages)
        self._require_files()

    @property
    def name(self) -> str:
        """`onnx-asr parakeet-tdt-0.6b-v3 int8`."""
        return f"onnx-asr {self._folder.name} {self._arithmetic}"

    def load(self) -> OnnxAsr:
        """Opens the files; raises Misconfigured when they are missing or cannot be run on this machine."""
        from onnx_asr import load_model

        lanes, threads = lanes_and_threads(self._options, self.place)
        try:
            recognizer = load_model(
                self._type,
                self._folder,
                quantization=_SAVED_AS[self._arithmetic],
                sess_options=_session_options(threads),
                providers=self._providers(),
            )
        except Exception as error:  # the errors of onnxruntime have no root of their own
            raise self._unloadable(error) from error
        tell_place(self.name, self.place)
        told = self._type in _LANGUAGE_TOKENS
        batch_frames = self._options.batch_frames_on(self.place.device)
        return OnnxAsr(recognizer.with_timestamps(), self._languages, told, lanes, batch_frames)

    def _providers(self) -> list[str | tuple[str, dict[str, int]]]:
        if not self.place.gpus:
            return ["CPUExecutionProvider"]
        return [(_GPU_PROVIDER, {"device_id": self.place.gpus[0]}), "CPUExecutionProvider"]

    def _require_files(self) -> None:
        from onnx_asr.loader import create_asr_resolver

        try:
            create_asr_resolver(self._type, self._folder).resolve_model(quantization=_SAVED_AS[self._arithmetic])
        except Exception as error:  # of the library's own tree, OSError and ValueError
            raise self._unloadable(error) from error

    def _unloadable(self, error: Exception) -> Misconfigured:
        reason = " ".join(str(error).split()) or type(error).__name__
        return Misconfigured(
            f"The ONNX model in {self._folder} ({self._type}, {self._arithmetic}) cannot be loaded: {reason}"
        )


class OnnxAsr:
    """The opened model: an `Engine`."""

    capabilities = Capabilities()
    identifies_languages = False

    def __init__(
        self,
        recognizer: TimestampedResultsAsrAdapter,
        languages: frozenset[str],
        is_told_the_language: bool,
        lanes: int,
        batch_frames: int,
    ) -> None:
        self.lanes = lanes
        self.batch_frames = batch_frames
        self._recognizer = recognizer
        self._languages = languages
        self._is_told = is_told_the_language

    def knows(self, language: str) -> bool:
        """Whether the folder, or the operator, names the language."""
        return language in self._languages

    def features(self, samples: Floats) -> Floats:
        """The sound itself: the library makes the features that a model wants."""
        return samples

    def prompt(self, terms: Sequence[str], language: str) -> tuple[int, ...]:  # noqa: ARG002
        """Nothing: greedy decoding cannot be biased."""
        return ()

    def context(self, text: str, language: str) -> tuple[int, ...]:  # noqa: ARG002
        """None: each segment is heard for itself."""
        return ()

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        """Hypotheses in order, of one run of the model; the library takes sound for 16 kHz where it is not told."""
        sounds: list[str | Path | Floats] = [np.ascontiguousarray(request.features, np.float32) for request in requests]
        language = requests[0].language if self._is_told else None
        results = self._recognizer.recognize(sounds, language=language)
        return [hypothesis_of(result, request) for result, request in zip(results, requests, strict=True)]

    def close(self) -> None:
        """Nothing is held but memory."""


def hypothesis_of(result: TimestampedResult, request: DecodingRequest) -> Hypothesis:
    """What the library heard, as the hypothesis for a request."""
    length_ms = int(request.features.shape[-1]) * 1000 // SPEECH_RATE_HZ
    texts, logprobs = result.tokens, result.logprobs
    if texts is None:
        tokens = untimed_tokens(result.text, request.language)
    else:
        # Of a model with special tokens among them the probabilities cannot be told apart.
        known = logprobs is not None and len(logprobs) == len(texts)
        logprobs = [min(0.0, value) for value in logprobs or ()] if known else None
        probabilities = [math.exp(value) for value in logprobs] if logprobs else [UNKNOWN_PROBABILITY] * len(texts)
        tokens = _tokens(texts, result.timestamps, probabilities, length_ms)
    return Hypothesis(
        text="".join(token.text for token in tokens).strip(),
        tokens=tokens,
        average_logprob=sum(logprobs) / len(logprobs) if logprobs and texts else UNKNOWN_LOGPROB,
        no_speech_probability=0.0,
        options=request.options,
    )


def _tokens(
    texts: Sequence[str], starts_s: Sequence[float] | None, probabilities: Sequence[float], length_ms: int
) -> tuple[Token, ...]:
    """Tokens that last until the next one begins; those that begin in one frame share the time until then."""
    if starts_s is None or not texts:
        return tuple(Token(text, 0, 0, value, measured=False) for text, value in zip(texts, probabilities, strict=True))
    starts = [min(length_ms, round(start * 1000)) for start in starts_s]
    groups = [(start, len(list(same))) for start, same in groupby(starts)]
    times: list[tuple[int, int]] = []
    for (start_ms, count), (following_ms, _) in zip(groups, [*groups[1:], (length_ms, 0)], strict=True):
        lasts_ms = max(0, min(following_ms - start_ms, _MAX_TOKEN_MS * count))
        edges = [start_ms + lasts_ms * index // count for index in range(count + 1)]
        times += pairwise(edges)
    return tuple(
        Token(text, start_ms, end_ms, value)
        for text, (start_ms, end_ms), value in zip(texts, times, probabilities, strict=True)
    )


def _model_type(folder: Path) -> str:
    try:
        written = json.loads((folder / _CONFIG).read_text("utf-8"))
    except (OSError, ValueError):
        written = None
    model_type = written.get("model_type") if isinstance(written, dict) else None
    if not isinstance(model_type, str) or model_type not in _TYPES:
        raise Misconfigured(
            f"The ONNX model in {folder} does not say what it is: its {_CONFIG} needs a model_type out of "
            f"{', '.join(sorted(_TYPES))}."
        )
    return model_type


def _place(options: EngineOptions) -> Place:
    """The library itself would go on with the CPU in silence where it does not get the GPU that it was told to use."""
    import onnxruntime

    if len(options.devices) > 1:
        raise Misconfigured("VOXPORT_GPUS names several: a model in the ONNX format runs on one, a worker for each.")
    place = choose_place(options, (CUBLAS, CUDNN))
    if not place.gpus or _GPU_PROVIDER in onnxruntime.get_available_providers():
        return place
    lacking = "a model in the ONNX format needs the package onnxruntime-gpu"
    if options.asks_for_gpu:
        raise Misconfigured(f"A GPU cannot be used: {lacking}.")
    return Place(reason=lacking)


def _arithmetic(folder: Path, compute_type: str, device: str) -> str:
    """That of the files: int8 where `auto` finds it on a CPU, and whatever else there is."""
    saved = {name for name in _SAVED_AS if _has_files(folder, _SAVED_AS[name])}
    if compute_type == "auto":
        wanted = ("int8", "float32", "float16") if device == "cpu" else ("float16", "float32", "int8")
        return next((name for name in wanted if name in saved), "float32")
    if compute_type not in saved:
        raise Misconfigured(
            f"VOXPORT_COMPUTE_TYPE={compute_type} cannot be used: the ONNX model in {folder} was saved as "
            f"{' and '.join(sorted(saved)) or 'none of ' + ', '.join(_SAVED_AS)}."
        )
    return compute_type


def _has_files(folder: Path, ending: str | None) -> bool:
    endings = tuple(f"{sign}{name}.onnx" for name in _SAVED_AS.values() if name for sign in "._-")
    files = [path.name for path in folder.rglob("*.onnx")]
    if ending is None:
        return any(not name.endswith(endings) for name in files)
    return any(name.endswith(tuple(f"{sign}{ending}.onnx" for sign in "._-")) for name in files)


def _languages(folder: Path, model_type: str, named: Sequence[str]) -> frozenset[str]:
    """Those of the operator, of which a model that has tokens for them has to know each; else all of these."""
    file = _LANGUAGE_TOKENS.get(model_type)
    if file is None:
        if not named:
            raise Misconfigured(
                f"The ONNX model in {folder} does not say which languages it writes; name them with "
                f"VOXPORT_MODEL_LANGUAGES (en, or several separated by commas)."
            )
        return frozenset(named)
    try:
        known = frozenset(_LANGUAGE_TOKEN.findall((folder / file).read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise Misconfigured(f"The ONNX model in {folder} has no {file} that can be read.") from error
    if not known.issuperset(named):
        raise Misconfigured(f"VOXPORT_MODEL_LANGUAGES names a language that the ONNX model in {folder} does not know.")
    return frozenset(named) or known


def _session_options(threads: int) -> SessionOptions:
    from onnxruntime import SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return options
