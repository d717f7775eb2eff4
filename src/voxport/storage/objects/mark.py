"""The mark of a local store, a file in its folder: where it is missing the volume is not mounted, or it is another.

Such a folder looks like an empty store. What was kept would seem to be gone, and what is written would be.
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from voxport.core.errors import TransientFault
from voxport.storage.objects.faults import faults, write_faults

MARK_FILE = "voxport-store.txt"
NOT_MOUNTED = (
    "The folder of the object store has not the mark of the one that this database is used with: its volume is not "
    "mounted, or VOXPORT_STORE_URL names another folder"
)
_WRITTEN = "This folder is an object store of Voxport, which looks for this file: it belongs to what is kept here."
_LONGEST_BYTES = 1000


class Mark:
    """Safe from several threads."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / MARK_FILE
        self._held_to: UUID | None = None
        self._found: tuple[int, int, int] | None = None
        """The file in which the right name stood: its device, its number there, and when it was written."""

    def read(self) -> UUID | None:
        """The store's name; None where there is no mark. Raises TransientFault."""
        with faults():
            try:
                with self._file.open("rb") as file:
                    return UUID(file.read(_LONGEST_BYTES).decode().strip().rpartition("\n")[2])
            except (FileNotFoundError, ValueError):
                return None

    def write(self, name: UUID) -> None:
        """Makes the folder the store of that name; it is on the disk when this returns."""
        draft = self._file.with_suffix(f".{os.getpid()}")
        with write_faults():
            with draft.open("w", encoding="utf-8") as file:
                file.write(f"{_WRITTEN}\n{name}\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._file)

    def hold_to(self, name: UUID) -> None:
        """From now on nothing is written, nor said to be gone, in a folder that is not the store of that name."""
        self._held_to, self._found = name, None

    def require(self) -> None:
        """Raises TransientFault where the folder is not the store that it is held to: it may be mounted again."""
        if self._held_to is None or ((found := self._stat()) is not None and found == self._found):
            return
        if self.read() != self._held_to:
            raise TransientFault(f"{NOT_MOUNTED}.")
        self._found = found

    def _stat(self) -> tuple[int, int, int] | None:
        with faults():
            try:
                stat = os.stat(self._file)  # noqa: PTH116 - asked at every write, and Path takes twice as long
            except FileNotFoundError:
                return None
        return stat.st_dev, stat.st_ino, stat.st_mtime_ns
