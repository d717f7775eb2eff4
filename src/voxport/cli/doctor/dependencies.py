"""What `voxport doctor` looks for in the parts that Voxport stands on: each is tried as the server would use it."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
import uuid
from collections.abc import Callable
from importlib import import_module

import httpx

from voxport.cli.doctor.results import CheckResult, fail, ok, warn
from voxport.cli.doctor.stored import ask_database, past_calls
from voxport.core.errors import TransientFault
from voxport.core.worker_figures import CLOCK_OFF_S
from voxport.settings import Settings, revealed
from voxport.storage.objects.mark import NOT_MOUNTED

LIBRARIES = (
    "av",
    "ctranslate2",
    "faster_whisper",
    "onnx_asr",
    "onnxruntime",
    "obstore",
    "psycopg",
    "procrastinate",
    "cryptography",
)
_STORE_REMEDY = (
    "VOXPORT_STORE_URL names the bucket, VOXPORT_S3_ENDPOINT_URL the store where it is not AWS, AWS_ACCESS_KEY_ID and "
    "its like who may use it: put, get, list, delete."
)
METADATA_ADDRESS = ipaddress.ip_address("169.254.169.254")


def libraries(_: Settings) -> CheckResult:
    for name in LIBRARIES:
        try:
            import_module(name)
        except (ImportError, OSError) as error:
            return fail("Libraries", f"{name} cannot be loaded: {error}.", "Install again: make demo, or pip install.")
    return ok("Libraries", "all load.")


def model(settings: Settings) -> CheckResult:
    """Found, of a kind that can be run, and where it runs; weights are not read. An endpoint is asked for half a second
    of silence."""
    from voxport.app.model import model_of
    from voxport.speech.engines.processors import NO_GPU
    from voxport.speech.engines.remote import RemoteModel

    # To look does not download.
    chosen = model_of(settings.model_copy(update={"model_download": False}))
    if not isinstance(chosen, RemoteModel):
        what = f"{settings.model}: {chosen.name} on {chosen.place}."
        if chosen.place.reason in ("", NO_GPU):
            return ok("Model", what)
        return warn("Model", what, "Without the GPU it is many times slower; VOXPORT_DEVICE=cpu says that it is meant.")
    try:
        chosen.probe()
    except TransientFault as error:
        return warn("Model", f"{error}.", "Calls wait until it answers; look at the endpoint's own log.")
    return ok("Model", f"{chosen.name} at {chosen.address} answers.")


def speakers(settings: Settings) -> CheckResult:
    """Whether the weights that tell the speakers on one channel apart are there, and are the published ones."""
    from voxport.speech.diarization.weights import INSTALL, examine

    asked = "" if settings.diarization else " where a configuration asks for it"
    if not examine(settings.data_dir):
        return warn("Speakers", f"those on one channel are not told apart{asked}: the weights are missing.", INSTALL)
    return ok("Speakers", f"those on one channel are told apart{asked}.")


def secret_key(settings: Settings) -> CheckResult:
    from voxport.storage.cipher import KEY_FILE, Cipher

    if settings.database_url and not settings.secret_key:
        return fail(
            "Secret key",
            "VOXPORT_SECRET_KEY is missing.",
            "With VOXPORT_DATABASE_URL all machines need the same: openssl rand -base64 32.",
        )
    Cipher.load(revealed(settings.secret_key), settings.data_dir)
    path = settings.data_dir / KEY_FILE
    if not settings.secret_key and path.stat().st_mode & 0o077:
        return warn("Secret key", f"{path} can be read by others.", f"chmod 600 {path}")
    return ok("Secret key", "from VOXPORT_SECRET_KEY." if settings.secret_key else f"{path}.")


def database(settings: Settings) -> CheckResult:
    from voxport.storage.postgres.connecting import server_version
    from voxport.storage.postgres.embedded import start_embedded

    if settings.database_url:
        return asyncio.run(_external(settings.database_url.get_secret_value(), revealed(settings.database_direct_url)))
    embedded = start_embedded(settings.data_dir)
    try:
        version = asyncio.run(server_version(embedded.url))
    finally:
        embedded.stop()
    return ok("Database", f"the embedded PostgreSQL {version // 10000} starts.")


async def _external(database_url: str, direct_url: str | None) -> CheckResult:
    from voxport.storage.postgres.connecting import clock_ahead_s, require_sessions, server_version
    from voxport.storage.postgres.schema import LEAST_VERSION

    version = await server_version(database_url) // 10000
    if version < LEAST_VERSION:
        return fail("Database", f"PostgreSQL {version} is too old.", f"Voxport needs {LEAST_VERSION} or newer.")
    await require_sessions(database_url, direct_url)
    ahead_s = await clock_ahead_s(database_url)
    if abs(ahead_s) >= CLOCK_OFF_S:
        off = f"{abs(ahead_s):.1f} s {'ahead of' if ahead_s > 0 else 'behind'} the database's"
        return warn("Database", f"this machine's clock is {off}.", "Set both by NTP: signed addresses depend on it.")
    return ok("Database", f"PostgreSQL {version} answers{', by a pooler' if direct_url else ''}.")


def object_store(settings: Settings) -> CheckResult:
    from voxport.app.resources import open_blobs
    from voxport.storage.objects.blobs import PROBE
    from voxport.storage.store_mark import known_mark

    blobs = open_blobs(settings)
    if blobs.mark is not None and (known := ask_database(settings, known_mark)) is not None:
        blobs.mark.hold_to(known)
    folder = f"doctor/{uuid.uuid4().hex}"
    try:
        blobs.put(f"{folder}/probe", PROBE)
        try:
            read = blobs.get(f"{folder}/probe")
        finally:
            blobs.delete_prefix(folder)
    except TransientFault as error:
        return fail("Object store", str(error), _remedy(error, settings))
    if read != PROBE:
        return fail("Object store", "what was written does not read back.", "Look at the store's own log.")
    return ok("Object store", f"{settings.store_url or settings.data_dir / 'objects'} can be written and read.")


def _remedy(error: TransientFault, settings: Settings) -> str:
    if NOT_MOUNTED in str(error):
        return "Mount it; if what it held is lost for good: voxport store adopt."
    return _STORE_REMEDY if settings.store_url else "Give it room and rights."


def port(settings: Settings) -> CheckResult:
    host, number = settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
        except OSError as error:
            if error.errno == errno.EADDRINUSE and _is_voxport(host, number):
                return ok("Port", f"a Voxport answers on {host}:{number}.")
            return fail("Port", f"{host}:{number} cannot be used: {error.strerror}.", "Take another with --port.")
    return ok("Port", f"{host}:{number} is free.")


def _is_voxport(host: str, number: int) -> bool:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    try:
        return bool(httpx.get(f"http://{name}:{number}/healthz", timeout=3, trust_env=False).json()["status"] == "ok")
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return False


def networks(settings: Settings) -> CheckResult:
    """What customers' URLs may reach inside."""
    allowed = settings.allow_networks
    everything = [str(network) for network in allowed if network.prefixlen == 0]
    if everything:
        return warn(
            "Networks",
            f"{', '.join(everything)} lets customers' URLs reach everything inside.",
            "Name single networks.",
        )
    if any(METADATA_ADDRESS in network for network in allowed if network.version == METADATA_ADDRESS.version):
        return warn(
            "Networks",
            "customers' URLs may reach 169.254.169.254, where clouds hand out credentials.",
            "Leave that network out of VOXPORT_ALLOW_NETWORKS.",
        )
    if settings.allow_http:
        return warn(
            "Networks",
            "callbacks and media URLs may be plain http.",
            "Fine inside; unset VOXPORT_ALLOW_HTTP elsewhere.",
        )
    inside = ", ".join(str(network) for network in allowed)
    return ok("Networks", f"public https addresses{' and ' + inside if inside else ''} only.")


DEPENDENCY_CHECKS: dict[str, Callable[[Settings], CheckResult]] = {
    "Libraries": libraries,
    "Model": model,
    "Speakers": speakers,
    "Secret key": secret_key,
    "Database": database,
    "Object store": object_store,
    "Past calls": past_calls,
    "Port": port,
    "Networks": networks,
}
