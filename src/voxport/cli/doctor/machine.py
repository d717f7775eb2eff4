"""What `voxport doctor` looks for in the machine itself; nothing is started and nothing but a probe file is written."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from voxport.cli.doctor.results import CheckResult, fail, ok, warn
from voxport.settings import Settings

GIB = 1024**3
LEAST_PYTHON = (3, 11)
LEAST_CORES = 2
LEAST_MEMORY_BYTES = 2 * GIB
GOOD_MEMORY_BYTES = 4 * GIB
LEAST_DISK_BYTES = 1 * GIB
GOOD_DISK_BYTES = 10 * GIB
LEAST_FILES = 1024
CLOCK_SLACK_S = 300
_CGROUP_MEMORY = Path("/sys/fs/cgroup/memory.max")
_CPUINFO = Path("/proc/cpuinfo")


def python(_: Settings) -> CheckResult:
    written = platform.python_version()
    if sys.version_info < LEAST_PYTHON:
        return fail("Python", f"{written} is too old.", "Install Python 3.11 or newer and make the environment again.")
    return ok("Python", f"{written} in {sys.prefix}.")


def cores(_: Settings) -> CheckResult:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if count < LEAST_CORES:
        return warn("Processor", f"{count} core.", "Recognition and the API will wait for each other; two are better.")
    return ok("Processor", f"{count} cores.")


def arithmetic(_: Settings) -> CheckResult:
    """The instructions that make 8-bit recognition fast (CTranslate2 picks the best there is)."""
    flags = cpu_flags(_CPUINFO.read_text("utf-8", "replace")) if _CPUINFO.exists() else frozenset()
    if platform.machine().lower() in ("aarch64", "arm64"):
        return ok("Instructions", "ARM with NEON.")
    if not flags:
        return ok("Instructions", f"not known on this system ({platform.machine()}).")
    best = next((name for name in ("avx512_vnni", "avx_vnni", "avx512bw", "avx2") if name in flags), None)
    if best is None:
        return warn(
            "Instructions", "no AVX2.", "Recognition will be several times slower than on a processor made after 2013."
        )
    return ok("Instructions", f"{best}.")


def cpu_flags(cpuinfo: str) -> frozenset[str]:
    """The feature flags in the text of /proc/cpuinfo; empty where it has none."""
    line = next((line for line in cpuinfo.splitlines() if line.startswith(("flags", "Features"))), "")
    return frozenset(line.partition(":")[2].split())


def memory(_: Settings) -> CheckResult:
    total = psutil.virtual_memory().total
    limit = _CGROUP_MEMORY.read_text("ascii").strip() if _CGROUP_MEMORY.exists() else "max"
    if limit.isdigit():
        total = min(total, int(limit))
    shown = f"{total / GIB:.1f} GiB."
    if total < LEAST_MEMORY_BYTES:
        return fail("Memory", shown, "Give the machine at least 2 GiB, better 4.")
    if total < GOOD_MEMORY_BYTES:
        return warn("Memory", shown, "4 GiB are better: the model, the database and several calls share it.")
    return ok("Memory", shown)


def data_folder(settings: Settings) -> CheckResult:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"probe")
    except OSError as error:
        return fail(
            "Data folder", f"{folder} cannot be written: {error.strerror}.", "Name another with --data, or give rights."
        )
    free = shutil.disk_usage(folder).free
    shown = f"{folder}, {free / GIB:.1f} GiB free."
    if free < LEAST_DISK_BYTES:
        return fail("Data folder", shown, "Make room: uploads and the database stop when the disk is full.")
    if free < GOOD_DISK_BYTES:
        return warn(
            "Data folder", shown, "An hour of decoded stereo takes 230 MB while it is worked on; 10 GiB are safe."
        )
    return ok("Data folder", shown)


def open_files(_: Settings) -> CheckResult:
    if sys.platform == "win32":
        return ok("Open files", "not limited here.")
    import resource

    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < LEAST_FILES:
        return warn("Open files", f"at most {soft}.", f"Raise it for many callers at once: ulimit -n {LEAST_FILES}.")
    return ok("Open files", "no limit." if soft == resource.RLIM_INFINITY else f"at most {soft}.")


def clock(settings: Settings) -> CheckResult:
    """A clock that lies makes signed URLs fail and deliveries late; it cannot be earlier than files written before."""
    newest = max((path.stat().st_mtime for path in _dated(settings)), default=0.0)
    ahead_s = newest - time.time()
    if ahead_s > CLOCK_SLACK_S:
        return fail(
            "Clock",
            f"it says {time.strftime('%Y-%m-%d %H:%M')}, earlier than files that were written before.",
            "Set it, and keep it right with NTP: signed URLs depend on it.",
        )
    return ok("Clock", f"{time.strftime('%Y-%m-%d %H:%M:%S %Z')}.")


def _dated(settings: Settings) -> list[Path]:
    ours = [Path(__file__), *settings.data_dir.glob("*")]
    return [path for path in ours if path.exists()]


MACHINE_CHECKS: dict[str, Callable[[Settings], CheckResult]] = {
    "Python": python,
    "Processor": cores,
    "Instructions": arithmetic,
    "Memory": memory,
    "Data folder": data_folder,
    "Open files": open_files,
    "Clock": clock,
}
