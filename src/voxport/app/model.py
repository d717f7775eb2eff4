"""The recognition model of the settings: looked for before anything starts, and made where it is needed."""

from __future__ import annotations

from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from voxport.core.errors import Misconfigured, TransientFault
from voxport.settings import Settings, revealed
from voxport.speech.bundled_models import BUNDLED
from voxport.speech.hub_models import require_hub_name
from voxport.speech.models import is_address, is_here
from voxport.speech.options import EngineOptions, RemoteOptions

if TYPE_CHECKING:
    from voxport.speech.engines.selection import AnyModel

FRAMES_A_SECOND = 100
_PROBE_S = 4.0
"""A start waits so long for an endpoint to say that it will not serve; one that is away is waited for by calls."""


def require_model(settings: Settings) -> None:
    """Raises Misconfigured when the model of the settings is nowhere, or none, or cannot run as they say.

    Nothing is unpacked, downloaded or loaded.
    """
    if settings.model in BUNDLED and settings.remote_key is None:
        is_here(settings.model, settings.data_dir)
        if _runs_anywhere(settings):
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


def _runs_anywhere(settings: Settings) -> bool:
    return settings.device != "cuda" and not settings.gpus and settings.compute_type == "auto"


def _look(telling: Connection, settings: Settings) -> None:
    refused = None
    try:
        _judge(settings)
    except Misconfigured as error:
        refused = str(error)
    telling.send(refused)


def _judge(settings: Settings) -> None:
    from voxport.speech.engines.processors import choose_arithmetic, choose_place
    from voxport.speech.engines.remote import RemoteModel

    name, folder = settings.model, settings.data_dir
    if settings.remote_key or is_address(name) or (name not in BUNDLED and is_here(name, folder)):
        chosen = model_of(settings)
        if isinstance(chosen, RemoteModel):
            with suppress(TransientFault):
                chosen.probe(_PROBE_S)
        return
    if name not in BUNDLED:
        require_hub_name(name, folder, allow_download=settings.model_download)
    choose_arithmetic(choose_place(engine_options(settings)), settings.compute_type)


def engine_options(settings: Settings) -> EngineOptions:
    return EngineOptions(
        device=settings.device,
        compute_type=settings.compute_type,
        threads=settings.speech_threads,
        batch_frames=settings.speech_batch_s * FRAMES_A_SECOND,
        devices=settings.gpus,
        languages=settings.model_languages,
    )


def model_of(settings: Settings) -> AnyModel:
    """The recognition model, found and checked but not loaded; raises Misconfigured when it is absent or wrong."""
    from voxport.speech.engines.selection import select_model

    remote = RemoteOptions(
        model=settings.remote_model,
        key=revealed(settings.remote_key),
        concurrency=settings.remote_concurrency,
        timeout_s=settings.remote_timeout_s,
    )
    return select_model(
        settings.model,
        settings.data_dir,
        allow_download=settings.model_download,
        options=engine_options(settings),
        remote=remote,
    )
