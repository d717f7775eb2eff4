"""The recognition model of the settings: looked for before anything starts, and made where it is needed."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from voxport.core.errors import Misconfigured
from voxport.settings import Settings, revealed
from voxport.speech.bundled_models import BUNDLED
from voxport.speech.hub_models import require_hub_name
from voxport.speech.models import is_address, is_here
from voxport.speech.options import EngineOptions, RemoteOptions

if TYPE_CHECKING:
    from voxport.speech.engine import Model

FRAMES_A_SECOND = 100


def require_model(settings: Settings) -> None:
    """Raises Misconfigured when the model of the settings is nowhere, or none; nothing is unpacked or downloaded."""
    if settings.model in BUNDLED and settings.remote_key is None:
        is_here(settings.model, settings.data_dir)
        return
    # In a process of its own: the libraries that know models are large, and who looks may not need them afterwards.
    context = get_context("fork")
    answer, telling = context.Pipe(duplex=False)
    looking = context.Process(target=_look, args=(telling, settings))
    looking.start()
    telling.close()
    try:
        refused = answer.recv()
    except EOFError:
        refused = None  # it died: whoever loads the model will say why
    looking.join()
    if refused is not None:
        raise Misconfigured(refused)


def _look(telling: Connection, settings: Settings) -> None:
    refused = None
    try:
        if is_address(settings.model) or is_here(settings.model, settings.data_dir):
            model_of(settings)
        else:
            require_hub_name(settings.model, settings.data_dir, allow_download=settings.model_download)
    except Misconfigured as error:
        refused = str(error)
    telling.send(refused)


def model_of(settings: Settings) -> Model:
    """The recognition model, found and checked but not loaded; raises Misconfigured when it is absent or wrong."""
    from voxport.speech.engines.selection import select_model

    options = EngineOptions(
        device=settings.device,
        compute_type=settings.compute_type,
        threads=settings.speech_threads,
        batch_frames=settings.speech_batch_s * FRAMES_A_SECOND,
        devices=settings.gpus,
        languages=settings.model_languages,
    )
    remote = RemoteOptions(
        model=settings.remote_model,
        key=revealed(settings.remote_key),
        concurrency=settings.remote_concurrency,
        timeout_s=settings.remote_timeout_s,
    )
    return select_model(
        settings.model, settings.data_dir, allow_download=settings.model_download, options=options, remote=remote
    )
