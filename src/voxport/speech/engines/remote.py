"""A model behind an OpenAI-compatible endpoint (`POST /v1/audio/transcriptions`): a pool of GPUs, or somebody's API.

Each segment is one request with a WAV file. What passes by itself (no connection, 408, 429, 5xx) is tried a few times
and then raised as TransientFault, so that the call waits and comes again, for hours if it must; what is finished of it
stays. Key and text of answers go into no message.
"""

from __future__ import annotations

import io
import time
import wave
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import structlog
from pydantic import ValidationError
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from voxport.core.audio import SPEECH_RATE_HZ
from voxport.core.errors import Misconfigured, TransientFault
from voxport.outbound import (
    EVERYWHERE,
    AddressRefused,
    Form,
    FormFile,
    OutboundFailure,
    OutboundOptions,
    OutboundResponse,
    ThreadedOutbound,
    check_form,
    safe_address,
)
from voxport.speech.engine import Capabilities, DecodingOptions, DecodingRequest, Hypothesis
from voxport.speech.engines.remote_answer import Answer
from voxport.speech.levels import FULL_SCALE, Floats
from voxport.speech.options import RemoteOptions

log = structlog.get_logger(__name__)

_ROUTE = "/v1/audio/transcriptions"
_MAX_ANSWER_BYTES = 1 << 20
"""Of one segment: 30 s of words with all their figures take some 20 KB."""
_MAX_PROMPT_CHARACTERS = 700
"""Whisper takes 224 tokens of a prompt, and cuts it at the front."""
_TRY_AGAIN = frozenset({408, 409, 421, 425, 429})
_REFUSED_KEY = frozenset({401, 403})
_NOT_TAKEN = frozenset({400, 422})
_WORDS_TOO: tuple[str, ...] = ("word", "segment")
_PHRASES: tuple[str, ...] = ("segment",)
"""The times that are asked for."""
_NOT_THERE = frozenset({404, 405})
_FIRST_PAUSE_S = 0.5
_MAX_PAUSE_S = 20.0
_CONNECT_TIMEOUT_S = 10.0
_PROBE_TIMEOUT_S = 30.0
"""A pool that loads its model with the first request takes longer; nobody needs to wait for it at the start."""
_PROBE_OPTIONS = DecodingOptions(window_ms=30_000, beam_size=1, temperature=0.0, timestamp_tokens=False)
_PROBE_SAMPLES = np.zeros(SPEECH_RATE_HZ // 2, np.float32)


class _Passing(TransientFault):
    """The endpoint failed in a way that may pass within seconds."""

    def __init__(self, reason: str, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(reason)


class _Refused(TransientFault):
    """The endpoint answered that it will not do this; a person may have to change something there."""

    def __init__(self, reason: str, status: int) -> None:
        self.status = status
        super().__init__(reason)


class RemoteModel:
    """An endpoint that has not been asked yet. Raises Misconfigured for what is no address."""

    def __init__(self, address: str, options: RemoteOptions | None = None, languages: Sequence[str] = ()) -> None:
        """`address` is what OpenAI's clients call the base URL, with or without `/v1`."""
        self._options = options or RemoteOptions()
        self._languages = frozenset(languages)
        self._url = address.rstrip("/").removesuffix("/v1") + _ROUTE
        key = self._options.key or ""
        if not key.isascii() or not key.isprintable():
            raise Misconfigured("VOXPORT_REMOTE_KEY has signs that no HTTP header takes: a line end, perhaps.")
        try:
            check_form(self._url, _outbound_options(self._options))
        except AddressRefused as error:
            raise Misconfigured(f"VOXPORT_MODEL ({safe_address(address)}) cannot be used: {error.reason}.") from None

    @property
    def name(self) -> str:
        """`openai-compatible whisper-1`."""
        return f"openai-compatible {self._options.model}"

    @property
    def address(self) -> str:
        """What is asked, for people."""
        return safe_address(self._url)

    def load(self) -> Remote:
        """Asks once, with silence. An endpoint that is away or busy is waited for by the calls that need it.

        Raises Misconfigured where it answers that key, route, model or form of the request are wrong.
        """
        try:
            self.probe()
        except TransientFault as error:
            log.warning("the model's endpoint does not answer yet; calls wait for it", reason=str(error))
        return Remote(self._url, self._options, self._languages)

    def probe(self, timeout_s: float = _PROBE_TIMEOUT_S) -> None:
        """Asks for half a second of silence; raises TransientFault for what may pass, Misconfigured as `load` does."""
        hasty = replace(self._options, attempts=1, timeout_s=min(timeout_s, self._options.timeout_s))
        engine = Remote(self._url, hasty, self._languages)
        language = min(self._languages, default="en")
        try:
            engine.decode([DecodingRequest(_PROBE_SAMPLES, language, _PROBE_OPTIONS)])
        except _Refused as error:
            raise Misconfigured(f"VOXPORT_MODEL cannot be used: {error}; {_advice(error.status)}.") from None
        finally:
            engine.close()


class Remote:
    """The endpoint: an `Engine`. Safe from any number of threads."""

    capabilities = Capabilities(temperature=True)
    identifies_languages = False
    batch_frames = 1
    """Each request is a batch of its own: the pool makes the batches."""

    def __init__(self, url: str, options: RemoteOptions, languages: frozenset[str]) -> None:
        self.lanes = options.concurrency
        self._url = url
        self._options = options
        self._languages = languages
        self._granularities = _WORDS_TOO
        self._outbound = ThreadedOutbound(_outbound_options(options), name="speech-remote")
        self._retrying = Retrying(
            stop=stop_after_attempt(options.attempts),
            wait=_pause_s,
            retry=retry_if_exception_type(_Passing),
            sleep=time.sleep,
            reraise=True,
        )

    def knows(self, language: str) -> bool:
        """Whether the operator let it be asked; without a list the endpoint is asked for everything."""
        return not self._languages or language in self._languages

    def features(self, samples: Floats) -> Floats:
        """The sound itself."""
        return samples

    def prompt(self, terms: Sequence[str], language: str) -> tuple[int, ...]:  # noqa: ARG002
        """The characters of the terms that fit, the last ones first: the endpoint takes text."""
        text = ""
        for term in reversed(terms):
            longer = f"{term}, {text}" if text else f"{term}."
            if len(longer) > _MAX_PROMPT_CHARACTERS:
                break
            text = longer
        return tuple(map(ord, text))

    def context(self, text: str, language: str) -> tuple[int, ...]:  # noqa: ARG002
        """None: each segment is heard for itself."""
        return ()

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        """Hypotheses in order. Raises TransientFault when the endpoint does not give one after a few attempts."""
        return [self._retrying.copy()(self._ask, request) for request in requests]

    def close(self) -> None:
        """Ends the connections."""
        self._outbound.close()

    def _ask(self, request: DecodingRequest) -> Hypothesis:
        response = self._post(request, self._granularities)
        if response.status in _NOT_TAKEN and self._granularities != _PHRASES:
            # Some servers refuse to be asked for words; whether that was it, the next answer shows.
            response = self._post(request, _PHRASES)
            if response.status == 200:
                self._granularities = _PHRASES
                log.warning("the model's endpoint gives no times of words; they are estimated")
        if response.status != 200:
            raise _failure(response, safe_address(self._url))
        try:
            answer = Answer.model_validate_json(response.body_excerpt)
        except ValidationError:
            raise _Refused(f"{safe_address(self._url)} gave an answer that is not verbose_json", 200) from None
        return answer.to_hypothesis(request, _length_ms(request))

    def _post(self, request: DecodingRequest, granularities: Sequence[str]) -> OutboundResponse:
        form = _form(request, self._options.model, granularities)
        headers = {"Content-Type": form.content_type, "Accept": "application/json"}
        if self._options.key:
            headers["Authorization"] = f"Bearer {self._options.key}"
        try:
            return self._outbound.request("POST", self._url, headers=headers, content=form.content)
        except OutboundFailure as error:
            raise _Passing(str(error)) from None


def _outbound_options(options: RemoteOptions) -> OutboundOptions:
    """The address is the operator's own: any network, and http where he writes it."""
    return OutboundOptions(
        allow_networks=EVERYWHERE,
        allow_http=True,
        connect_timeout_s=min(_CONNECT_TIMEOUT_S, options.timeout_s),
        answer_timeout_s=options.timeout_s,
        max_answer_bytes=_MAX_ANSWER_BYTES,
    )


def _form(request: DecodingRequest, model: str, granularities: Sequence[str]) -> Form:
    fields: dict[str, str | Sequence[str]] = {
        "model": model,
        "language": request.language,
        "response_format": "verbose_json",
        "temperature": f"{request.options.temperature:g}",
        "timestamp_granularities[]": granularities,
    }
    if request.prompt:
        fields["prompt"] = "".join(map(chr, request.prompt))
    return Form.of(fields, FormFile("file", "segment.wav", _wav(request.features), "audio/wav"))


def _wav(samples: Floats) -> bytes:
    """16-bit samples with a header."""
    scaled = np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SPEECH_RATE_HZ)
        file.writeframes(scaled.tobytes())
    return target.getvalue()


def _length_ms(request: DecodingRequest) -> int:
    return int(request.features.shape[-1]) * 1000 // SPEECH_RATE_HZ


def _failure(response: OutboundResponse, address: str) -> TransientFault:
    """By its status alone: bodies may repeat the key."""
    reason = f"{address} answered with status {response.status}"
    if response.status in _TRY_AGAIN or response.status >= 500:
        written = response.headers.get("retry-after", "")
        return _Passing(reason, float(written) if written.isascii() and written.isdigit() else None)
    return _Refused(reason, response.status)


def _advice(status: int) -> str:
    if status in _REFUSED_KEY:
        return "it refuses VOXPORT_REMOTE_KEY"
    if status in _NOT_THERE:
        return f"it has no {_ROUTE}, or no model of the name in VOXPORT_REMOTE_MODEL"
    return f"it does not take POST {_ROUTE} with response_format=verbose_json"


def _pause_s(state: RetryCallState) -> float:
    """0.5 s, 1 s, ..., or what the endpoint asks for, within bounds."""
    error = state.outcome.exception() if state.outcome else None
    asked_s = error.retry_after_s if isinstance(error, _Passing) else None
    return min(_MAX_PAUSE_S, _FIRST_PAUSE_S * 2 ** (state.attempt_number - 1) if asked_s is None else asked_s)
