"""An OpenAI-compatible endpoint on loopback: reads the form, hears with a real model, and answers like one server or
another."""

from __future__ import annotations

import io
import json
import threading
import wave
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

from voxport.speech.engine import DecodingRequest, Hypothesis
from voxport.speech.levels import FULL_SCALE, Floats
from voxport.speech.options import SpeechOptions
from voxport.speech.recognizer import Recognizer

KEY = "sk-of-the-pool"
ROUTE = "/v1/audio/transcriptions"


@dataclass(slots=True)
class Endpoint:
    """What it is told to do, and what it was asked."""

    recognizer: Recognizer | None = None
    """Hears what is sent; without one the answer is `answers`."""
    words: bool = True
    """Whether words come with their times (without marks, as OpenAI gives them)."""
    segments: bool = True
    """Whether phrases come."""
    failures: deque[tuple[int, dict[str, str]]] = field(default_factory=deque)
    """Status and headers of the next answers, which are faults."""
    answers: deque[bytes] = field(default_factory=deque)
    """Bodies of the next answers."""
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    """The fields of every request but the file's."""
    sounds: list[Floats] = field(default_factory=list)
    """What was sent."""
    address: str = ""

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        if path != ROUTE:
            return 404, {}, b'{"error": {"message": "no such route"}}'
        if headers.get("authorization") != f"Bearer {KEY}":
            return 401, {}, f'{{"error": {{"message": "wrong key {headers.get("authorization")}"}}}}'.encode()
        if self.failures:
            status, more = self.failures.popleft()
            return status, more, b'{"error": {"message": "not now"}}'
        form, sound = _read(headers["content-type"], body)
        self.forms.append(form)
        self.sounds.append(sound)
        if self.answers:
            return 200, {}, self.answers.popleft()
        if self.recognizer is None:
            return 200, {}, json.dumps({"text": ""}).encode()
        return 200, {}, json.dumps(self._verbose(self._hear(form, sound), sound)).encode()

    def _hear(self, form: dict[str, list[str]], sound: Floats) -> Hypothesis:
        assert self.recognizer is not None
        options = SpeechOptions().first_attempt(10_000)
        features = self.recognizer.features(sound)
        return self.recognizer.submit("pool", [DecodingRequest(features, form["language"][0], options)])[0].result(60)

    def _verbose(self, heard: Hypothesis, sound: Floats) -> dict[str, object]:
        words: list[dict[str, object]] = []
        for token in heard.tokens:
            text = "".join(sign for sign in token.text if sign.isalnum())
            if text and (token.text[0] == " " or not words):
                words.append({"word": text, "start": token.start_ms / 1000, "end": token.end_ms / 1000})
            elif text:
                words[-1].update(word=f"{words[-1]['word']}{text}", end=token.end_ms / 1000)
        phrase = {
            "id": 0,
            "text": f" {heard.text}",
            "start": heard.tokens[0].start_ms / 1000 if heard.tokens else 0.0,
            "end": heard.tokens[-1].end_ms / 1000 if heard.tokens else 0.0,
            "avg_logprob": heard.average_logprob,
            "no_speech_prob": heard.no_speech_probability,
            "compression_ratio": 1.0,
            "tokens": [1, 2],
        }
        answer: dict[str, object] = {"task": "transcribe", "language": "english", "duration": sound.size / 16_000}
        answer |= {"text": heard.text}
        if self.segments:
            answer["segments"] = [phrase] if heard.text else []
        if self.words:
            answer["words"] = words
        return answer


def _read(content_type: str, body: bytes) -> tuple[dict[str, list[str]], Floats]:
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    form: dict[str, list[str]] = {}
    sound = np.empty(0, np.float32)
    for part in message.get_payload():
        assert not isinstance(part, str)
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if name == "file":
            with wave.open(io.BytesIO(content)) as file:
                assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
                frames = np.frombuffer(file.readframes(file.getnframes()), np.int16)
            sound = np.asarray(frames / FULL_SCALE, np.float32)
        else:
            form.setdefault(name, []).append(content.decode())
    return form, sound


@contextmanager
def serving(endpoint: Endpoint) -> Iterator[Endpoint]:
    """The endpoint at its `address`, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, content = endpoint.answer(self.path, headers, body)
            self.send_response(status)
            for name, value in {**more, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            # Who has read enough hangs up.
            with suppress(ConnectionError):
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        endpoint.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown()
            thread.join()
