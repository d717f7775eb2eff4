"""What a start ends with: 75, and another try, where the system may have room again; 78 where a person must act."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

import pytest
from obstore.store import LocalStore

from voxport.app.resources import open_resources
from voxport.core.errors import Misconfigured, TransientFault, VoxportError
from voxport.settings import read_settings


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, TransientFault), (errno.EDQUOT, TransientFault), (errno.EACCES, Misconfigured)],
)
@pytest.mark.parametrize("place", ["data folder", "key file", "object store"])
def test_a_full_disk_passes_and_rights_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, number: int, kind: type[VoxportError]
) -> None:
    def fail(*_: object, **__: object) -> None:
        if place == "object store":
            raise OSError(f"Unable to create dir (os error {number})")  # as obstore says it
        raise OSError(number, "as the system says it")

    owner, name = {
        "data folder": (Path, "mkdir"),
        "key file": (tempfile, "mkstemp"),
        "object store": (LocalStore, "__new__"),
    }[place]
    monkeypatch.setattr(owner, name, fail)
    with pytest.raises(kind, match=f"The {place} .* cannot be|The {place} cannot be"):
        open_resources(read_settings({}, {"data": str(tmp_path)}))
