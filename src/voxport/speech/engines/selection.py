"""Which engine runs what an operator named: by the form of the name, and by what lies in the folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from voxport.core.errors import Misconfigured
from voxport.speech.models import ModelFormat, format_of, is_address, locate
from voxport.speech.options import EngineOptions, RemoteOptions

if TYPE_CHECKING:
    from voxport.speech.engines.faster_whisper import FasterWhisperModel
    from voxport.speech.engines.onnx_asr import OnnxModel
    from voxport.speech.engines.remote import RemoteModel

AnyModel: TypeAlias = "FasterWhisperModel | OnnxModel | RemoteModel"


def select_model(
    name: str,
    data_dir: Path,
    *,
    allow_download: bool = False,
    options: EngineOptions | None = None,
    remote: RemoteOptions | None = None,
) -> AnyModel:
    """The model, not loaded: behind an address, or a folder of CTranslate2 or ONNX files (see `locate` for names).

    Raises Misconfigured, with one sentence that says what to do. A library is imported only for a model that needs it.
    """
    options = options or EngineOptions()
    if is_address(name):
        from voxport.speech.engines.remote import RemoteModel

        if options.asks_for_gpu:
            raise Misconfigured("VOXPORT_DEVICE and VOXPORT_GPUS have no effect: VOXPORT_MODEL is an address.")
        return RemoteModel(name, remote, options.languages)
    if remote is not None and remote.key:
        raise Misconfigured("VOXPORT_REMOTE_KEY has no effect: VOXPORT_MODEL is not the address of an endpoint.")
    folder = locate(name, data_dir, allow_download=allow_download)
    if format_of(folder) is ModelFormat.ONNX:
        from voxport.speech.engines.onnx_asr import OnnxModel

        return OnnxModel(folder, options)
    from voxport.speech.engines.faster_whisper import FasterWhisperModel

    return FasterWhisperModel(folder, options)
