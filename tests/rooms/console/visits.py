"""The console as a browser asks it, without one; and calls that its pages have much to show of."""

from __future__ import annotations

import io
import json
import math
import uuid
import wave
from array import array
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.rooms.api.served import NO_AUTHORITIES, Customer
from tests.rooms.wire.analysed import analysed_findings, analysed_transcript
from voxport.audio.limits import DecodeLimits
from voxport.audio.peaks import measure_peaks
from voxport.audio.sound import open_sound
from voxport.core.artefacts import AudioForm, RunPaths, audio_form_to_json
from voxport.core.delivery import Attempt, DeliveryStatus
from voxport.core.findings import CategoryResult, Mention, Occurrence
from voxport.core.transcript import Span
from voxport.wire.v3.peaks import peaks_to_json

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
"""What browsers say of a request that a page of the same origin sends."""
ANALYSED = {
    "ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}},
    "prediction": {"detectors": [{"detectorName": "PCI", "redactor": {"transcript": {"replacement": "[redacted]"}}}]},
    "publish": {"enableAnalyticIndexing": True},
}
"""The configuration of `analysed_call`."""


class Visitor:
    """Somebody of an organisation at the console."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.client = httpx.Client(
            base_url=customer.served.url, timeout=30, trust_env=False, verify=NO_AUTHORITIES, headers=OWN_PAGE
        )

    @classmethod
    def signed_in(cls, customer: Customer) -> Visitor:
        visitor = cls(customer)
        answer = visitor.client.post("/console/sign-in", data={"token": customer.token})
        assert answer.status_code == 303, answer.text
        return visitor

    def get(self, path: str, **query: str) -> httpx.Response:
        return self.client.get(path, params=query)

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(path, data=fields)


def tone(seconds: float = 14, channels: int = 2) -> bytes:
    """A quiet tone as WAVE, which browsers play."""
    rate = 8000
    one = array("h", (int(3000 * math.sin(at / 5)) for at in range(round(rate * seconds))))
    samples = array("h", (sample for sample in one for _ in range(channels)))
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setparams((channels, 2, rate, 0, "NONE", ""))
        written.writeframes(samples.tobytes())
    return sound.getvalue()


def deliveries_of(customer: Customer, media_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = customer.client.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
    return found


def failed_delivery(customer: Customer, media_id: str, error: str, answer: str | None = None) -> str:
    """The first delivery of a call after an attempt that failed, given up; its id."""
    delivery_id = uuid.UUID(deliveries_of(customer, media_id)[0]["deliveryId"])
    headers = (("server", answer), ("x-request-id", "r-17")) if answer else ()
    attempt = Attempt(1, datetime.now(UTC), 120, 500 if answer else None, 4096, error, answer, answer_headers=headers)
    store = customer.served.store

    async def fail() -> None:
        await store.attempts.record([(delivery_id, attempt)])
        await store.deliveries.set_failed(delivery_id, error, status=DeliveryStatus.FAILED, worker=None)

    customer.served.call(fail())
    return str(delivery_id)


def redacted_call(customer: Customer, sound: bytes | None = None) -> str:
    """A finished call of 14 s that is redacted in words and sound; `sound` is what is served of it."""
    redactor = {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.5}}
    detectors = [{"detectorName": "PCI", "redactor": redactor}]
    return analysed_call(customer, sound=sound or tone(), prediction={"detectors": detectors})


def analysed_call(
    customer: Customer, metadata: dict[str, Any] | None = None, sound: bytes | None = None, **configuration: Any
) -> str:
    """A finished call with findings of every kind, a sound that can be played, and peaks.

    With a `sound` that is served in place of the recording, the peaks are those of it.
    """
    media_id = customer.accepted(
        tone(),
        metadata=json.dumps(metadata or {"title": "A refund", "externalId": "call-17"}),
        configuration=json.dumps({**ANALYSED, **configuration}),
    )
    paths = RunPaths(uuid.UUID(media_id), 1)
    peaks = [[(at * 7) % 200 for at in range(400)] for _ in range(2)]
    if sound is not None:
        customer.served.blobs.put(paths.written_audio, sound)
        customer.served.blobs.put(paths.written_audio_form, audio_form_to_json(AudioForm("audio/x-wav", "wav")))
        with open_sound(io.BytesIO(sound), DecodeLimits()) as opened:
            peaks = measure_peaks(opened).tolist()
    customer.served.blobs.put(paths.peaks, peaks_to_json(peaks))
    mention = Mention("Agent", (Occurrence(Span(1700, 1949), "refund"),))
    categories = (CategoryResult("refunds", "1", True, (mention,)), CategoryResult("threats", "2", False))
    findings = replace(analysed_findings(), categories=categories)
    customer.finish(media_id, analysed_transcript(), findings, length_ms=14_000)
    return media_id
