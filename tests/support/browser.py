"""A real browser for tests of web pages, and a server of their files on loopback, which is an origin of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.async_api import Browser, async_playwright

_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    # Whatever a page links to elsewhere is not fetched.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--autoplay-policy=no-user-gesture-required",
)


def browser_program() -> str | None:
    """The path of a Chromium; None where there is none (scripts/browser installs Debian's)."""
    return next((path for path in map(shutil.which, _PROGRAMS) if path is not None), None)


@asynccontextmanager
async def running_browser(program: str) -> AsyncIterator[Browser]:
    """A headless Chromium; nothing of it is left behind."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@contextmanager
def served_files(files: Mapping[str, tuple[str, bytes]]) -> Iterator[str]:
    """Serves `files`, by path: Content-Type and bytes. Gives the origin, as http://127.0.0.1:4321."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = files.get(self.path.partition("?")[0])
            kind, content = found or ("text/plain", b"")
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
