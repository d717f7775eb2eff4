"""The remote engine on a real server: what is sent, what passes by itself, and what a person has to change."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from structlog.testing import capture_logs

from tests.rooms.speech import sounds
from tests.rooms.speech.engines.endpoint import KEY, Endpoint, serving
from voxport.core.errors import Misconfigured, TransientFault
from voxport.speech.engine import DecodingRequest
from voxport.speech.engines.remote import Remote, RemoteModel
from voxport.speech.options import RemoteOptions, SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import TranscriptionRequest, transcribe

OPTIONS = RemoteOptions(model="parakeet", key=KEY, concurrency=2, timeout_s=20)
AT_ONCE = {"Retry-After": "0"}
SAID = json.dumps({"text": "Go forward."}).encode()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(Endpoint()) as running:
        yield running


@pytest.fixture
def engine(endpoint: Endpoint) -> Iterator[Remote]:
    engine = RemoteModel(endpoint.address, OPTIONS).load()
    endpoint.forms.clear()
    endpoint.sounds.clear()
    yield engine
    engine.close()


def _request(temperature: float = 0.0) -> DecodingRequest:
    samples = np.linspace(-1, 1, 16_000, dtype=np.float32)
    return DecodingRequest(samples, "fr", replace(SpeechOptions().first_attempt(10_000), temperature=temperature))


def test_what_is_sent(endpoint: Endpoint, engine: Remote) -> None:
    prompt = engine.prompt(["Xeljanz", "Ifeoma Okafor"], "fr")
    engine.decode([replace(_request(0.4), prompt=prompt)])
    (form,) = endpoint.forms
    assert form == {
        "model": ["parakeet"],
        "language": ["fr"],
        "response_format": ["verbose_json"],
        "temperature": ["0.4"],
        "timestamp_granularities[]": ["word", "segment"],
        "prompt": ["Xeljanz, Ifeoma Okafor."],
    }
    (heard,) = endpoint.sounds
    assert np.abs(heard - _request().features).max() < 1e-4


def test_of_many_terms_the_last_ones_are_sent(engine: Remote) -> None:
    prompt = "".join(map(chr, engine.prompt([f"term{number}" for number in range(1000)], "en")))
    assert len(prompt) <= 700
    assert prompt.endswith("term999.")


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/"])
def test_the_address_may_end_as_in_clients_of_openai(endpoint: Endpoint, suffix: str) -> None:
    RemoteModel(endpoint.address + suffix, OPTIONS).probe()
    assert len(endpoint.sounds) == 1


@pytest.mark.parametrize("status", [429, 500, 503, 408])
def test_what_passes_is_asked_again(endpoint: Endpoint, engine: Remote, status: int) -> None:
    endpoint.failures.extend([(status, AT_ONCE), (status, AT_ONCE)])
    endpoint.answers.append(SAID)
    assert engine.decode([_request()])[0].text == "Go forward."


def test_a_pool_that_stays_away_lets_the_call_wait(endpoint: Endpoint, engine: Remote) -> None:
    endpoint.failures.extend([(503, AT_ONCE)] * 3)
    with pytest.raises(TransientFault, match="answered with status 503"):
        engine.decode([_request()])
    assert endpoint.sounds == []


def test_a_server_that_refuses_words_is_asked_for_phrases_from_then_on(endpoint: Endpoint) -> None:
    endpoint.failures.append((400, {}))
    engine = RemoteModel(endpoint.address, OPTIONS).load()
    endpoint.failures.append((400, {}))
    engine.decode([_request()])
    engine.decode([_request()])
    engine.close()
    assert [form["timestamp_granularities[]"] for form in endpoint.forms] == [["segment"]] * 3


@pytest.mark.parametrize("status", [401, 404, 413])
def test_a_refusal_while_it_runs_is_not_repeated_at_once(endpoint: Endpoint, engine: Remote, status: int) -> None:
    endpoint.failures.append((status, {}))
    with pytest.raises(TransientFault, match=f"status {status}"):
        engine.decode([_request()])
    assert not endpoint.failures


@pytest.mark.parametrize("body", [b"", b"busy", b"[]", b'{"words": []}', b'{"text": "a", "words": [{"word": 1}]}'])
def test_an_answer_that_is_none(endpoint: Endpoint, engine: Remote, body: bytes) -> None:
    endpoint.answers.append(body)
    with pytest.raises(TransientFault, match="not verbose_json"):
        engine.decode([_request()])


def test_an_answer_without_end_is_left(endpoint: Endpoint, engine: Remote) -> None:
    endpoint.answers.append(json.dumps({"text": "la " * 1_000_000}).encode())
    with pytest.raises(TransientFault, match="not verbose_json"):
        engine.decode([_request()])


@pytest.mark.parametrize(
    ("options", "path", "sentence"),
    [
        (replace(OPTIONS, key="another"), "", "status 401; it refuses VOXPORT_REMOTE_KEY."),
        (replace(OPTIONS, key=None), "", "status 401; it refuses VOXPORT_REMOTE_KEY."),
        (OPTIONS, "/elsewhere", "status 404; it has no /v1/audio/transcriptions, or no model of the name in"),
    ],
)
def test_a_wrong_key_or_address_is_told_at_the_start(
    endpoint: Endpoint, options: RemoteOptions, path: str, sentence: str
) -> None:
    with pytest.raises(Misconfigured) as fault:
        RemoteModel(endpoint.address + path, options).load()
    assert sentence in str(fault.value)
    assert "another" not in str(fault.value)


def test_a_server_that_takes_something_else_is_told_at_the_start(endpoint: Endpoint) -> None:
    endpoint.failures.extend([(422, {}), (422, {})])
    with pytest.raises(Misconfigured, match="does not take POST /v1/audio/transcriptions"):
        RemoteModel(endpoint.address, OPTIONS).load()


@pytest.mark.parametrize("address", ["ftp://pool/v1", "https://me:hidden@pool", "https://", "https://po ol"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(Misconfigured) as fault:
        RemoteModel(address)
    assert str(fault.value).startswith("VOXPORT_MODEL (")
    assert "hidden" not in str(fault.value)


def test_a_pool_that_is_not_there_yet_is_waited_for() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        model = RemoteModel(f"http://127.0.0.1:{nobody.getsockname()[1]}", replace(OPTIONS, attempts=1))
        with capture_logs() as logs:
            engine = model.load()
        with pytest.raises(TransientFault, match="no connection could be made"):
            engine.decode([_request()])
        engine.close()
    (line,) = logs
    assert line["event"] == "the model's endpoint does not answer yet; calls wait for it"


def test_a_call_waits_with_what_it_has_and_goes_on(endpoint: Endpoint) -> None:
    kept: dict[str, bytes] = {}

    class Kept:
        def load(self, name: str) -> bytes | None:
            return kept.get(name)

        def save(self, name: str, data: bytes) -> None:
            kept[name] = data

    def hear() -> list[str]:
        recognizer = Recognizer(RemoteModel(endpoint.address, OPTIONS))
        recognizer.load()
        try:
            channels = sounds.channels(*sounds.recording("go-forward-3s.wav"))
            request = TranscriptionRequest(channels, "en-US")
            heard = transcribe(
                recognizer, request, checkpoint=Kept(), progress=lambda _: None, interrupted=lambda: False
            )
            return [turn.text for turn in heard.turns]
        finally:
            recognizer.close()

    endpoint.answers.append(b'{"text": ""}')
    endpoint.answers.append(b"not now")
    with pytest.raises(TransientFault):
        hear()
    planned = dict(kept)
    assert planned
    endpoint.answers.extend([b'{"text": ""}', SAID])
    assert hear() == ["Go forward."]
    assert planned.items() <= kept.items()


def test_the_key_goes_nowhere_but_to_the_endpoint(
    endpoint: Endpoint, engine: Remote, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint.failures.append((401, {}))
    with capture_logs() as logs, pytest.raises(TransientFault) as fault:
        engine.decode([_request()])
    shown = f"{fault.value} {fault.value!r} {fault.value.__cause__} {logs} {caplog.text} {OPTIONS!r}"
    assert KEY not in shown


def test_a_closed_engine_asks_nobody(endpoint: Endpoint) -> None:
    engine = RemoteModel(endpoint.address, OPTIONS).load()
    engine.close()
    engine.close()
    with pytest.raises(RuntimeError, match="closed"):
        engine.decode([_request()])


@pytest.mark.parametrize("key", ["sk-1\n", "sk-\u00e4"])
def test_a_key_that_no_header_takes_is_told_at_the_start_and_not_shown(key: str) -> None:
    with pytest.raises(Misconfigured, match="VOXPORT_REMOTE_KEY") as fault:
        RemoteModel("https://pool.example", replace(OPTIONS, key=key))
    assert "sk-" not in str(fault.value)
