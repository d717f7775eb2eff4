"""The PostgreSQL that comes with us: started under the data folder, on a Unix socket, shared by our processes."""

from __future__ import annotations

from pathlib import Path


class Embedded:
    """A running embedded server; `url` is `postgresql+psycopg://...`."""

    url: str

    @property
    def pid(self) -> int | None:
        """Process id of the postmaster, None while it is down."""
        raise NotImplementedError

    def ensure_running(self) -> bool:
        """Starts the server when it has died; True when it had to. Cheap while it runs; call every few seconds."""
        raise NotImplementedError

    def stop(self) -> None:
        """Gives up this process's hold; the last of our processes to let go stops the server. Twice is fine."""
        raise NotImplementedError


def start_embedded(data_dir: Path) -> Embedded:
    """Starts or joins the server of `data_dir/postgres`. Blocking (5 s at the first start); raises Misconfigured."""
    raise NotImplementedError
