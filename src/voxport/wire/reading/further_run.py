"""A configuration posted to a media that has been processed: the plan of its next run, or a refusal.

Nothing is recognised twice, so what was asked of recognition stands: settings that would change it are refused or,
where the contract says that they have no effect, warned of. How long the media is kept and whether it is listed stay
too, unless the new configuration says otherwise. All else is what the new configuration asks for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import IngestPlan, Plan, RunBefore
from voxport.wire.reading.configuration import ParsedConfiguration, Said
from voxport.wire.reading.documents import CONFIGURATION
from voxport.wire.reading.names import Name
from voxport.wire.reading.refusals import Refusals

_CONFLICT = 409
_HEARD_AS_ONE = (
    "The configuration describes {configured} channels; those of the media were mixed into one, since its own "
    "configuration said nothing of channels, and nothing is recognised again. To have them apart, post the recording "
    "again."
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is known of the recording besides its row."""

    channels: int
    """How many channels were heard."""
    people_apart: bool = False
    """Whether the people on one of them were told apart."""


def run_before(media: Media) -> RunBefore | None:
    """What the next run of the media starts from; None: from its recording, since no transcript came of it.

    Raises RequestRefused 10301 when there is nothing. While it is processed the answer is 409, which says: later.
    """
    if not media.status.ended:
        reason = "The media is being processed; it can be processed again once it is finished."
        raise RequestRefused(Problem(Code.TRANSCRIPT_NOT_READY, reason), status=_CONFLICT)
    if media.plan.encryption is not None:
        reason = "The media is encrypted with a key of yours, so this server cannot read it; post the recording again."
        raise RequestRefused(Problem(Code.TRANSCRIPT_NOT_READY, reason), status=400)
    if media.status is MediaStatus.FINISHED:
        return RunBefore(media.run, _audio_run(media), _replacements(media))
    # What the failed run was to start from is still there.
    return media.plan.before


def plan_from_recording(media: Media, parsed: ParsedConfiguration | None, *, aligns: bool) -> Plan:
    """The plan of a run that recognises the recording: everything may be asked for, as of a new one.

    What was to be redacted stays, unless the new configuration says what is.
    """
    past = media.plan
    if parsed is None:
        given: Collection[Said] = frozenset()
        written = True if past.text.number_formatting is None else past.text.number_formatting
        plan = replace(past, before=None, aligns=False, text=replace(past.text, number_formatting=written))
    else:
        given = parsed.given
        plan = replace(
            parsed.plan,
            detectors=parsed.plan.detectors or past.detectors,
            searchable=parsed.plan.searchable if Said.SEARCHABILITY in given else past.searchable,
            indexed=parsed.plan.indexed if Said.INDEXING in given else past.indexed,
            time_to_live_s=parsed.plan.time_to_live_s if Said.TIME_TO_LIVE in given else past.time_to_live_s,
            erase_original=parsed.plan.erase_original or past.erase_original,
        )
    return corrected_plan(plan, given) if aligns else plan


def further_plan(
    media: Media, parsed: ParsedConfiguration | None, recognised: Recognised, *, aligns: bool
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of the next run with the warnings to show; without a configuration that of the run before.

    Raises RequestRefused with what would need recognising again: 15004, 20003, and 20004 where a transcript is aligned.
    """
    before = run_before(media)
    if before is None:
        return plan_from_recording(media, parsed, aligns=aligns), ()
    if parsed is None:
        plan = replace(media.plan, before=before, aligns=False)
        return corrected_plan(plan, frozenset()) if aligns else plan, ()
    refusals = Refusals(parsed.wording, CONFIGURATION)
    _check_speech(media.plan, parsed, refusals, aligns=aligns)
    ingest = _ingest(media.plan.ingest, parsed, recognised, refusals, aligns=aligns)
    refusals.refuse_if_any()
    asked, past, given = parsed.plan, media.plan, parsed.given
    as_written = past.text.number_formatting is None and Said.NUMBER_FORMATTING not in given
    plan = replace(
        asked,
        speech=replace(past.speech, features=asked.speech.features),
        ingest=ingest,
        vocabulary=past.vocabulary,
        scripts=past.scripts,
        text=replace(asked.text, number_formatting=None) if as_written else asked.text,
        searchable=asked.searchable if Said.SEARCHABILITY in given else past.searchable,
        indexed=asked.indexed if Said.INDEXING in given else past.indexed,
        time_to_live_s=asked.time_to_live_s if Said.TIME_TO_LIVE in given else past.time_to_live_s,
        erase_original=asked.erase_original or past.erase_original,
        before=before,
    )
    return corrected_plan(plan, given) if aligns else plan, refusals.rendered_warnings()


def corrected_plan(plan: Plan, given: Collection[Said]) -> Plan:
    """The plan with a corrected transcript to align: its numbers stay as they are written, unless it is asked for."""
    formatting = plan.text.number_formatting if Said.NUMBER_FORMATTING in given else None
    return replace(plan, aligns=True, text=replace(plan.text, number_formatting=formatting))


def _audio_run(media: Media) -> int | None:
    """The run whose redacted audio has taken the recording's place: once it has, it never comes back."""
    plan = media.plan
    if not plan.serves_redacted:
        return None
    return media.run if plan.writes_audio else plan.before.audio_run if plan.before else None


def _replacements(media: Media) -> tuple[str, ...]:
    earlier = media.plan.before.replacements if media.plan.before else ()
    own = (one.replacement for one in media.plan.detectors if one.replacement is not None)
    return tuple(dict.fromkeys((*earlier, *own)))


def _check_speech(past: Plan, parsed: ParsedConfiguration, refusals: Refusals, *, aligns: bool) -> None:
    asked = parsed.plan
    if asked.speech.language.lower() != past.speech.language.lower():
        _needs_recognition(f"it was recognised in {past.speech.language}", refusals, aligns=aligns)
    model = asked.speech.model is not None and asked.speech.model != past.speech.model
    languages = set(asked.speech.allowed_languages)
    allowed = bool(languages) and languages != set(past.speech.allowed_languages)
    vocabulary = (asked.vocabulary, asked.scripts) != (past.vocabulary, past.scripts)
    for differs, what in (
        (model, Name.SPEECH_ENGINE),
        (allowed, Name.ALLOWED_LANGUAGES),
        (vocabulary and bool(asked.vocabulary or asked.scripts), Name.VOCABULARIES),
    ):
        if differs and aligns:
            refusals.add(Code.ALIGNMENT_EXCLUDES_TRANSCRIPTION)
        elif differs:
            refusals.warn(
                Code.ENGINE_CANNOT_DO_THIS,
                "{what} has no effect: what was recognised is not recognised again.",
                what=what,
            )


def _needs_recognition(reason: str, refusals: Refusals, *, aligns: bool) -> None:
    if aligns:
        refusals.add(Code.ALIGNMENT_EXCLUDES_TRANSCRIPTION)
    else:
        refusals.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"{reason}, and nothing is recognised again")


def _ingest(
    past: IngestPlan, parsed: ParsedConfiguration, recognised: Recognised, refusals: Refusals, *, aligns: bool
) -> IngestPlan:
    """The same channels and people, by the names and roles that the new configuration gives them."""
    if _is_heard_otherwise(past, parsed, recognised):
        _needs_recognition("speakers are told apart when a recording is recognised", refusals, aligns=aligns)
    renamed = _renamed(past, parsed.plan.ingest, recognised, refusals, aligns=aligns)
    return replace(renamed, diarization=past.diarization)


def _is_heard_otherwise(past: IngestPlan, parsed: ParsedConfiguration, recognised: Recognised) -> bool:
    """Whether people are to be told apart in another way than they were."""
    if Said.ONE_SPEAKER in parsed.given:
        return recognised.people_apart
    asked, done = parsed.plan.ingest.diarization, past.diarization
    if asked is None or not asked.asked or asked == done:
        return False
    if done is None or past.channels or past.mix_as is not None:
        return True
    # To ask for it on a channel without a name changes nothing where it is done unasked.
    return asked != replace(done, asked=True)


def _renamed(
    past: IngestPlan, asked: IngestPlan, recognised: Recognised, refusals: Refusals, *, aligns: bool
) -> IngestPlan:
    heard = 1 if past.mixes else len(past.channels) or recognised.channels
    if asked.mix_as is not None:
        if heard > 1:
            _needs_recognition("its channels were heard apart", refusals, aligns=aligns)
        return asked
    if not asked.channels:
        return past
    if len(asked.channels) != heard and past.mixed:
        refusals.refuse(Code.CHANNEL_COUNT_DIFFERS, _HEARD_AS_ONE, configured=len(asked.channels))
    elif len(asked.channels) != heard:
        refusals.add(Code.CHANNEL_COUNT_DIFFERS, configured=len(asked.channels), found=heard)
    elif past.mixes:
        return IngestPlan(mix_as=asked.channels[0].speaker, mix_role=asked.channels[0].role)
    elif [one.ignored for one in asked.channels] != [_was_ignored(past, at) for at in range(heard)]:
        _needs_recognition("the channels that were to be ignored are others", refusals, aligns=aligns)
    return asked


def _was_ignored(past: IngestPlan, channel: int) -> bool:
    return channel < len(past.channels) and past.channels[channel].ignored
