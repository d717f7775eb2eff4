"""The way of a call: every stage, in order, with every word and number that depends on it. Read it first.

`workflow/story.py` binds each stage to its body, the storage room keeps the steps that it is given, the wire and the
command line show the words of this table, the settings and the worker read the queues, and the drawing and the table
of docs/how-it-works.md are made of it. A new stage is one row here and one file in `workflow/stages/`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voxport.core.plan import VOICE_FEATURES, Plan


class Queue(StrEnum):
    """What a worker serves, each with a number of jobs at once. The names are settings of the operator."""

    FETCH = "fetch"
    """Downloads: many wait for other servers, none computes."""
    INGEST = "ingest"
    """Decoding: a core a job."""
    SPEECH = "speech"
    """Everything that needs the recognition model: the queue of a machine with an accelerator."""
    ANALYSIS = "analysis"
    """All other work on words and sound."""
    DELIVER = "deliver"
    """Not a queue of the job engine: deliveries are claimed from their own table (decision 0006)."""
    HOUSEKEEPING = "housekeeping"
    """Erasing what was deleted or has expired; looking for categories in past calls."""


class Step(StrEnum):
    """The name of a stage, in rows and in `progress`. Stored data: never reused for something else."""

    FETCH = "fetch"
    INGEST = "ingest"
    SPEECH = "speech"
    ALIGN = "align"
    TEXT = "text"
    AUDIO = "audio"
    CHECK = "check"
    ANALYTICS = "analytics"
    ENCRYPT = "encrypt"
    PUBLISH = "publish"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job of the engine. `name` is stored data: never reused for something else."""

    name: str
    queue: Queue


@dataclass(frozen=True, slots=True)
class Request:
    """What decides which stages a run of a media goes through."""

    plan: Plan
    first: bool
    """Whether the run starts from the recording; one that starts from a transcript recognises nothing."""
    fetches: bool
    """Whether the recording must be brought from a `mediaUrl`; False when it was uploaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One row of the table."""

    step: Step
    queue: Queue
    when: Callable[[Request], bool]
    """Whether a run goes through it."""
    when_in_words: str
    """`when`, for the documentation."""
    light: bool = False
    """Whether it takes seconds at most: light stages that follow each other share one job (decision 0009)."""
    display: str
    """What `progress` of both dialects shows a person."""
    phase: str
    """The phase of the documented wire that it belongs to (docs/contract/v3-results.md section 10)."""
    label: str
    """What the command line shows, at most eleven letters."""
    does: str
    """One line of the documentation."""
    leaves: str
    """What it leaves in the store, for the documentation. A stage whose artefact exists returns at once."""

    @property
    def job(self) -> Job | None:
        """The job that begins at this stage; None for deliveries, which are no jobs.

        Each stage has one, also those that are mostly carried out in the job of the stage before: a job that was
        queued by an older version, or whose worker was stopped between the two, begins there.
        """
        return None if self.queue is Queue.DELIVER else Job(f"media.{self.step.value}", self.queue)


STAGES: tuple[Stage, ...] = (
    Stage(
        step=Step.FETCH,
        queue=Queue.FETCH,
        when=lambda request: request.first and request.fetches,
        when_in_words="the recording is at a `mediaUrl`",
        display="Receive the recording",
        phase="ingest",
        label="fetch",
        does="downloads it, at once, since such links may live minutes",
        leaves="`media/<id>/original`",
    ),
    Stage(
        step=Step.INGEST,
        queue=Queue.INGEST,
        when=lambda request: request.first or VOICE_FEATURES in request.plan.speech.features,
        when_in_words="first run, or the sound is measured again",
        display="Read and decode the recording",
        phase="ingest",
        label="decode",
        does="decodes all of it once, in any container and codec, says what it is and measures its waveform; no sound "
        "is kept",
        leaves="`working/decoded.json`; `peaks.json` where the recording itself is served",
    ),
    Stage(
        step=Step.SPEECH,
        queue=Queue.SPEECH,
        when=lambda request: request.first,
        when_in_words="first run",
        display="Recognise speech",
        phase="transcripts",
        label="recognise",
        does="decodes for itself and recognises all channels; segments of all waiting calls share the model's batches",
        leaves="`working/heard.json`; `working/speech/*` while it runs",
    ),
    Stage(
        step=Step.ALIGN,
        queue=Queue.ANALYSIS,
        when=lambda request: request.plan.aligns,
        when_in_words="a corrected transcript was sent",
        display="Align the corrected transcript",
        phase="transcripts",
        label="align",
        does="gives its words the times of those that were recognised",
        leaves="`working/aligned.json`",
    ),
    Stage(
        step=Step.TEXT,
        queue=Queue.ANALYSIS,
        when=lambda _: True,
        when_in_words="always",
        light=True,
        display="Detect, redact and write the text",
        phase="predictions",
        label="write text",
        does="covers what is to be redacted, writes numbers, filters profanity ([redaction.md](redaction.md))",
        leaves="`transcript.json`, `findings.json`",
    ),
    Stage(
        step=Step.AUDIO,
        queue=Queue.ANALYSIS,
        when=lambda request: request.plan.writes_audio,
        when_in_words="audio is redacted or transcoded",
        display="Write redacted or transcoded audio",
        phase="predictions",
        label="write audio",
        does="covers the sound, or writes it in another form",
        leaves="`redacted-audio`, `redacted-audio.json`",
    ),
    Stage(
        step=Step.CHECK,
        queue=Queue.SPEECH,
        when=lambda request: request.plan.redacts_audio,
        when_in_words="audio is redacted",
        display="Listen to the redacted audio once more",
        phase="predictions",
        label="check audio",
        does="recognises the redacted audio, without its tones, around what was covered; fails the media when a secret "
        "can still be heard",
        leaves="-",
    ),
    Stage(
        step=Step.ANALYTICS,
        queue=Queue.ANALYSIS,
        when=lambda request: request.plan.analyses,
        when_in_words="findings are asked for",
        light=True,
        display="Analyse the call",
        phase="keywords",
        label="analyse",
        does="says what the call was about and how it went, from the redacted text ([analytics.md](analytics.md))",
        leaves="more in `transcript.json` and `findings.json`",
    ),
    Stage(
        step=Step.ENCRYPT,
        queue=Queue.ANALYSIS,
        when=lambda request: request.plan.encryption is not None,
        when_in_words="a public key is named",
        display="Encrypt with the customer's key",
        phase="publish",
        label="encrypt",
        does="encrypts results, deliveries and sound with OpenPGP, then erases all that is clear",
        leaves="`encrypted/*`, and nothing else",
    ),
    Stage(
        step=Step.PUBLISH,
        queue=Queue.ANALYSIS,
        when=lambda _: True,
        when_in_words="always",
        light=True,
        display="Publish the result",
        phase="publish",
        label="publish",
        does="measures the waveform of the sound that is served where that is another than the recording; then, in one "
        "transaction: final status, and one delivery row a callback, due at once; removes `working/`",
        leaves="`peaks.json`, rows",
    ),
    Stage(
        step=Step.DELIVER,
        queue=Queue.DELIVER,
        when=lambda request: bool(request.plan.callbacks),
        when_in_words="callbacks are asked for",
        display="Deliver to callbacks",
        phase="publish",
        label="deliver",
        does="rounds of attempts for each delivery, claimed from its row by any worker; every attempt is recorded",
        leaves="rows",
    ),
)

STAGE_OF: dict[Step, Stage] = {stage.step: stage for stage in STAGES}

ERASE = Job("media.erase", Queue.HOUSEKEEPING)
"""Erases a deleted or expired media; no stage of a call's way."""
APPLY = Job("categories.apply", Queue.HOUSEKEEPING)
"""Looks for an organisation's categories in its past calls, some at a time; its subject is the organisation."""
PEAKS = Job("media.peaks", Queue.ANALYSIS)
"""Measures the waveform of a call that an earlier version has finished; no stage of a call's way."""
JOBS: tuple[Job, ...] = (*(stage.job for stage in STAGES if stage.job is not None), ERASE, APPLY, PEAKS)


def first_steps(plan: Plan, *, fetches: bool) -> tuple[Step, ...]:
    """The steps of a run that starts from the recording; `fetches`: it must be brought from a `mediaUrl`."""
    return _steps(Request(plan, first=True, fetches=fetches))


def further_steps(plan: Plan) -> tuple[Step, ...]:
    """The steps of a run that starts from the transcript of an earlier one, in order."""
    return _steps(Request(plan, first=False, fetches=False))


def steps_of(plan: Plan, *, fetches: bool) -> tuple[Step, ...]:
    """The steps of a run of that plan, in order: all of them where it starts from the recording."""
    return first_steps(plan, fetches=fetches) if plan.before is None else further_steps(plan)


def completed_steps(stored: Collection[Step], plan: Plan) -> tuple[Step, ...]:
    """The steps of a run that an older version has accepted, with those that this version adds, in its order."""
    wanted = {*stored, *steps_of(plan, fetches=Step.FETCH in stored)}
    return tuple(stage.step for stage in STAGES if stage.step in wanted)


def job_of(step: Step) -> Job:
    """The job that begins at a step; raises ValueError for deliveries, which are no jobs."""
    job = STAGE_OF[step].job
    if job is None:
        raise ValueError(f"step {step.value} is no job")
    return job


def next_step(steps: Sequence[Step], after: Step) -> Step | None:
    """The step of `steps` that follows `after` and has a job; None after the last, or when `after` is not in it."""
    following = steps[steps.index(after) + 1 :] if after in steps else ()
    return next((step for step in following if STAGE_OF[step].job is not None), None)


def shares_job(step: Step, following: Step) -> bool:
    """Whether `following` is carried out in the job of `step`, which comes just before it."""
    before, after = STAGE_OF[step], STAGE_OF[following]
    return before.light and after.light and before.queue is after.queue


def _steps(request: Request) -> tuple[Step, ...]:
    return tuple(stage.step for stage in STAGES if stage.when(request))
