"""The stage that encrypts with the customer's key all that a media leaves, and erases all that is clear.

Results, deliveries and sound are written here once for all: afterwards nobody, this server included, can read them.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from voxport.core.codes import Code
from voxport.core.encrypted import encrypted_documents
from voxport.core.errors import MediaFailed, Problem, StageInterrupted
from voxport.core.media import MediaStatus
from voxport.core.public_keys import EncryptionPlan
from voxport.core.served_audio import clear_audio_of
from voxport.openpgp.encryption import encrypt
from voxport.openpgp.inspection import UnusableKey
from voxport.wire.dialects import DIALECTS
from voxport.wire.writing.callbacks import MediaResult
from voxport.workflow.dispatch.requests import load_result
from voxport.workflow.ending import erase_clear
from voxport.workflow.stage_run import StageRun

_PIECE_BYTES = 1 << 20
_UNUSABLE = (
    "The media cannot be encrypted with the public key {key}: {reason}. Post the recording again with another key."
)


async def encrypt_result(run: StageRun) -> None:
    """Leaves encrypted messages alone. Raises MediaFailed (10007) where the key cannot be used any more."""
    deps, media = run.deps, run.media
    plan = media.plan.encryption
    if plan is None:
        return
    if not await asyncio.to_thread(deps.blobs.exists, media.paths.encrypted_result):
        keys = deps.store.tenant(media.organization.id).public_keys
        key = await keys.get(plan.public_key_id, in_use=True)
        if key is None:
            raise _unusable(plan, "it was deleted")
        public_key, metadata = key.data, await deps.store.media.sealed_metadata(media.id)
        try:
            await run.in_thread(lambda: _encrypt(run, public_key, metadata))
        except UnusableKey as error:
            raise _unusable(plan, str(error)) from None
    await asyncio.to_thread(erase_clear, deps.blobs, media)


def _unusable(plan: EncryptionPlan, reason: str) -> MediaFailed:
    sentence = _UNUSABLE.format(key=plan.public_key_id, reason=reason)
    return MediaFailed(Problem(Code.CONFIGURATION_INVALID, sentence))


def _encrypt(run: StageRun, public_key: bytes, metadata: dict[str, Any]) -> None:
    """The whole document comes last: where it stands, everything does."""
    media = run.media
    _put(run, public_key, media.paths.encrypted_audio, _sound(run))
    # As it will be told: this is the last that is left to do.
    finished = replace(media, status=MediaStatus.FINISHED, finished=datetime.now(UTC), metadata=metadata)
    transcript, findings = load_result(run.deps.blobs, finished)
    # Links to the sound would have ended before anybody reads them: GET of streams gives fresh ones.
    result = MediaResult(finished, transcript, findings, (), run.deps.public_url)
    for key, asked in encrypted_documents(media).items():
        body, _ = DIALECTS[asked.dialect].callback(asked, result)
        _put(run, public_key, key, [body])


def _put(run: StageRun, public_key: bytes, key: str, pieces: Iterable[bytes]) -> None:
    with (
        # Judged as at the POST, which refused a key that had ended: an end meanwhile loses no call.
        encrypt(public_key, pieces, scratch=run.deps.options.scratch, moment=run.media.created) as message,
        run.deps.blobs.open_writer(key) as stored,
    ):
        shutil.copyfileobj(message, stored, _PIECE_BYTES)


def _sound(run: StageRun) -> Iterator[bytes]:
    with run.deps.blobs.open_reader(clear_audio_of(run.media).key) as reader:
        while piece := reader.read(_PIECE_BYTES):
            if run.interrupted():
                raise StageInterrupted
            yield piece
