"""The sound that a stage works on: decoded from the recording for that stage alone, and gone when the stage ends.

Nothing decoded waits anywhere, however far decoding is ahead of recognition (decision 0029).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from voxport.audio.compact_pcm import CompactPcmWriter
from voxport.core.artefacts import DecodedMedia
from voxport.core.audio import PcmSource, Samples
from voxport.core.plan import IngestPlan
from voxport.core.served_audio import source_audio_key
from voxport.ingest.decoding import Decoded, decode
from voxport.speech.transcription import SpeechChannel
from voxport.storage.objects.pcm import PcmBlob
from voxport.workflow.stage_run import StageRun

_IN_MEMORY_BYTES = 16 << 20
"""A channel that takes less, as a call of half an hour does, touches no disk."""


@contextmanager
def channels_of(run: StageRun, decoded: DecodedMedia) -> Iterator[list[SpeechChannel]]:
    """The channels of the sound that the run reads, as `decoded` found them; gone when the block ends."""
    if decoded.names:
        # A version before this one has left them in the store.
        blobs, paths = run.deps.blobs, run.media.paths
        yield [
            SpeechChannel(PcmBlob(blobs, paths.channel(name)), channel)
            for channel, name in zip(decoded.channels, decoded.names, strict=True)
        ]
        return
    with channels_in(run, source_audio_key(run.media), run.media.plan.ingest) as (_, channels):
        yield channels


@contextmanager
def channels_in(run: StageRun, key: str, plan: IngestPlan) -> Iterator[tuple[Decoded, list[SpeechChannel]]]:
    """The channels of the file under `key`, decoded now; gone when the block ends.

    Raises what `decode` raises, FileNotFoundError, and PutOff while others hold too much.
    """
    deps = run.deps
    folder = None if deps.options.scratch is None else str(deps.options.scratch)
    writers: dict[int, CompactPcmWriter] = {}
    with ExitStack() as held:
        reserve = held.enter_context(deps.working_audio.held(run.media.organization.id, run.interrupted))

        def open_channel(index: int) -> Callable[[Samples], None]:
            file = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES, dir=folder)  # noqa: SIM115
            writers[index] = CompactPcmWriter(held.enter_context(file), reserve)
            return writers[index].write

        with deps.blobs.open_reader(key) as reader:
            decoded = decode(reader, plan, deps.options.decode, open_channel, run.interrupted)
        sources: dict[int, PcmSource] = {index: writer.finish() for index, writer in writers.items()}
        yield decoded, [SpeechChannel(sources[channel.index], channel) for channel in decoded.channels]
