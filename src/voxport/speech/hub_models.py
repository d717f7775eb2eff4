"""Models by their name at the hub, in the form of CTranslate2: in the cache of the data folder, or downloaded.

The library that knows the names is imported late: `voxport models list` and the API need none.
"""

from __future__ import annotations

from pathlib import Path

from voxport.core.errors import Misconfigured
from voxport.speech.bundled_models import BUNDLED


def require_hub_name(name: str, data_dir: Path, allow_download: bool) -> None:
    """Raises Misconfigured for what is no name of a model, and for one that is not in the cache and may not be had."""
    from faster_whisper.utils import download_model

    _require_known(name)
    if allow_download:
        return
    try:
        download_model(name, cache_dir=_cache(data_dir), local_files_only=True)
    except Exception as error:
        raise _not_cached(name) from error


def _require_known(name: str) -> None:
    from faster_whisper.utils import available_models

    if "/" not in name and name not in available_models():
        raise Misconfigured(f"There is no model {name!r}: use {', '.join(BUNDLED)}, a folder, or a hub name.")


def _cache(data_dir: Path) -> str:
    return str(data_dir / "models" / "hub")


def _not_cached(name: str) -> Misconfigured:
    return Misconfigured(f"The model {name} is not on this machine; set VOXPORT_MODEL_DOWNLOAD=true, or name a folder.")


def from_hub(name: str, data_dir: Path, *, allow_download: bool) -> Path:
    """The folder of the model, downloaded where it may be and is not in the cache; raises Misconfigured."""
    from faster_whisper.utils import download_model

    _require_known(name)
    cache = _cache(data_dir)
    try:
        return Path(download_model(name, cache_dir=cache, local_files_only=True))
    except Exception as error:  # the hub library raises its own tree, OSError and ValueError for "not cached"
        if not allow_download:
            raise _not_cached(name) from error
    try:
        return Path(download_model(name, cache_dir=cache))
    except Exception as error:
        raise Misconfigured(f"The model {name} could not be downloaded ({type(error).__name__}).") from error
