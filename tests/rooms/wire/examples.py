"""Recordings and transcripts with every time and id fixed, for golden bodies and for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.delivery import Attempt, Cause, Delivery, DeliveryStatus
from voxport.core.delivery_query import DeliveryRecord, EndpointHealth
from voxport.core.errors import Problem
from voxport.core.findings import DetectedSegment, Detection, Findings, Occurrence
from voxport.core.media import Media, MediaStatus, Organization, StepProgress, StepStatus
from voxport.core.plan import CallbackPlan, CallbackType, Plan, RoleTarget, TextFormat
from voxport.core.public_keys import EncryptionPlan
from voxport.core.stages import Step
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word, WordKind

MEDIA_ID = UUID("11111111-2222-4333-8444-555555555555")
CREATED = datetime(2031, 2, 3, 4, 5, 6, 789_654, tzinfo=UTC)
FINISHED = datetime(2031, 2, 3, 4, 6, 7, 8_000, tzinfo=UTC)


FIRST_WAY = (
    Step.FETCH,
    Step.INGEST,
    Step.SPEECH,
    Step.TEXT,
    Step.AUDIO,
    Step.CHECK,
    Step.ANALYTICS,
    Step.PUBLISH,
    Step.DELIVER,
)
"""The steps of a recording that comes without a transcript to align."""


def said(text: str, start_ms: int, step_ms: int = 300, confidence: float = 0.9126) -> tuple[Word, ...]:
    """Words of `step_ms` each, one after another; `.`, `,` and `?` become marks."""
    words: list[Word] = []
    time_ms = start_ms
    for token in text.split():
        if token in (".", ",", "?"):
            end_ms = words[-1].end_ms
            words.append(Word(token, end_ms, end_ms, 0.0, WordKind.PUNCTUATION))
            continue
        words.append(Word(token, time_ms, time_ms + step_ms - 51, confidence))
        time_ms += step_ms
    return tuple(words)


def stereo_transcript() -> Transcript:
    """Two speakers; the second starts while the first still speaks."""
    return Transcript(
        language="en-US",
        turns=(
            Turn(0, "Agent", said("Thank you for calling Brown & Sons , how may I help you today ?", 250)),
            Turn(
                1,
                "Caller",
                said(
                    "Hi , my card number is four one one one . I would like to know whether the <new> order that I "
                    "placed on Monday has left your warehouse , and when it will be here .",
                    3900,
                ),
            ),
            Turn(0, "Agent", said("Sure .", 13_045, confidence=0.5)),
        ),
        voice_activity=(
            VoiceActivity(0, "Agent", (Span(200, 4200), Span(13_000, 13_400))),
            VoiceActivity(1, "Caller", (Span(3850, 12_900),)),
        ),
        engine="faster-whisper base int8",
    )


def redacted_findings() -> Findings:
    """One detector found something on both channels and nothing of it is told; the other found nothing."""
    hidden = (Occurrence(Span(6000, 7199), ""), Occurrence(Span(9000, 9300), ""))
    return Findings(
        (
            Detection("PCI", "PCI", (DetectedSegment(1, "Caller", hidden),)),
            Detection("Number", "Number", ()),
        ),
        covered=(Span(5900, 9400),),
    )


def plain_findings() -> Findings:
    """A detector without a redactor tells what it found; mono, without a name."""
    found = DetectedSegment(0, None, (Occurrence(Span(600, 900), "twelve"),))
    return Findings((Detection("Number", "Number", (found,)),))


def mono_transcript() -> Transcript:
    """One channel without a name."""
    return Transcript(
        language="es-LA",
        turns=(Turn(0, None, said("Buenos días , señor . Le llamo por su pedido .", 3_599_000)),),
        voice_activity=(VoiceActivity(0, None, (Span(3_598_900, 3_602_000),)),),
        engine="faster-whisper base int8",
    )


def accepted_media(plan: Plan | None = None) -> Media:
    """As it stands in the answer to its POST."""
    return Media(
        id=MEDIA_ID,
        organization=Organization(UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"), "Example & Söhne"),
        sequence=7,
        job_id=UUID("66666666-7777-4888-8999-000000000000"),
        status=MediaStatus.ACCEPTED,
        created=CREATED,
        finished=None,
        plan=plan or Plan(),
        metadata={"title": "Première", "externalId": "call-17", "extended": {"store": {"id": 4, "open": None}}},
        source_url=None,
        run=1,
        steps=tuple(
            StepProgress(step, StepStatus.PENDING, UUID(int=number)) for number, step in enumerate(FIRST_WAY, start=1)
        ),
    )


def finished_media() -> Media:
    """As it stands when all is done, with a time to live."""
    return replace(
        accepted_media(Plan(time_to_live_s=3600)),
        status=MediaStatus.FINISHED,
        finished=FINISHED,
        expires=datetime(2031, 2, 3, 5, 6, 8, tzinfo=UTC),
        content_type="audio/x-wav",
        duration_ms=13_600,
        size_bytes=435_244,
        steps=tuple(
            StepProgress(step, StepStatus.COMPLETED, UUID(int=number), CREATED, FINISHED, 1.0)
            for number, step in enumerate(FIRST_WAY, start=1)
        ),
    )


def encrypted_media() -> Media:
    """As it is shown: its metadata is among what is encrypted."""
    media = finished_media()
    return replace(
        media, metadata={}, plan=replace(media.plan, encryption=EncryptionPlan(UUID(int=7), "ab" * 32)), expires=None
    )


def running_media() -> Media:
    """In the middle of recognition."""
    done, now, later = StepStatus.COMPLETED, StepStatus.STARTED, StepStatus.PENDING
    return replace(
        accepted_media(),
        status=MediaStatus.RUNNING,
        content_type="audio/x-wav",
        duration_ms=13_600,
        steps=(
            StepProgress(Step.FETCH, StepStatus.SKIPPED, UUID(int=1)),
            StepProgress(Step.INGEST, done, UUID(int=2), CREATED, FINISHED),
            StepProgress(Step.SPEECH, now, UUID(int=3), FINISHED, None, 0.456789),
            StepProgress(Step.PUBLISH, later, UUID(int=4)),
            StepProgress(Step.DELIVER, later, UUID(int=5)),
        ),
    )


def failed_media() -> Media:
    """A recording that could not be read."""
    return replace(
        accepted_media(),
        status=MediaStatus.FAILED,
        finished=FINISHED,
        metadata={},
        errors=(Problem.of(Code.MEDIA_UNREADABLE, reason="it holds no sound"),),
        warnings=(
            Problem(Code.CALLBACK_PROPERTY_UNUSED, "publish.callbacks[0].role has no effect without s3Delivery."),
        ),
    )


def dead_delivery() -> DeliveryRecord:
    """By role, given up; its first try had gone elsewhere."""
    tries = (
        Attempt(1, CREATED, 12, None, 0, "No connection could be made.", address="https://old.example/a"),
        Attempt(2, FINISHED, 340, 503, 4096, "The store answered 503.", "come back later", cause=Cause.SCHEDULE),
    )
    callback = CallbackPlan(
        "https://s3.eu-west-1.amazonaws.com/calls",
        type=CallbackType.TRANSCRIPT,
        format=TextFormat.SRT,
        role=RoleTarget("arn:aws:iam::111122223333:role/out"),
    )
    delivery = Delivery(
        id=UUID("dddddddd-2222-4333-8444-555555555555"),
        media_id=MEDIA_ID,
        organization_id=UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
        run=1,
        position=0,
        callback=callback,
        address=callback.url,
        status=DeliveryStatus.FAILED,
        reason="Given up after 2 tries.",
        round=1,
        first_attempt=CREATED,
        due=None,
        created=CREATED,
        ended=FINISHED,
        cause=Cause.SCHEDULE,
        replays=1,
        attempts=tries,
    )
    return DeliveryRecord(delivery, "call-17", callback.url, None, None, None)


def held_delivery() -> DeliveryRecord:
    """A recording that waits for a paused webhook."""
    delivery = Delivery(
        id=UUID("eeeeeeee-2222-4333-8444-555555555555"),
        media_id=MEDIA_ID,
        organization_id=UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
        run=1,
        position=1,
        callback=CallbackPlan("https://hooks.example/in?key=5ecre7", "PUT", CallbackType.MEDIA, stream="original"),
        address="https://hooks.example/in",
        status=DeliveryStatus.PENDING,
        reason=None,
        round=0,
        first_attempt=None,
        due=CREATED,
        created=CREATED,
        held=True,
    )
    return DeliveryRecord(delivery, None, "https://hooks.example", CREATED, "No connection could be made.", FINISHED)


def paused_endpoint() -> EndpointHealth:
    """A webhook that has not answered for a while."""
    return EndpointHealth("https://hooks.example", 9, CREATED, "No connection could be made.", CREATED, FINISHED, 12)
