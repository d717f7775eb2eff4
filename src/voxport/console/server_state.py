"""What the figures of `/metrics` say of an installation, and what in them somebody should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from prometheus_client.parser import text_string_to_metric_families

Samples = Mapping[str, Sequence[tuple[Mapping[str, str], float]]]
_GIB = 1 << 30
_LEAST_FREE, _GOOD_FREE = 1 * _GIB, 10 * _GIB
"""As `voxport doctor` has them."""
_CLOCK_OFF_S = 2.0
_OLD_S = 900.0
"""So long nothing should wait for a worker."""


def read_samples(exposition: str) -> Samples:
    """Each figure by its name: labels and value."""
    found: dict[str, list[tuple[Mapping[str, str], float]]] = defaultdict(list)
    for family in text_string_to_metric_families(exposition):
        for sample in family.samples:
            found[sample.name].append((sample.labels, sample.value))
    return found


def advice(samples: Samples, release: str) -> Sequence[tuple[str, str]]:
    """What is not as it should be, each with what to do; empty: nothing that the figures tell."""
    return [
        *_of_queues(samples),
        *_of_clocks(samples),
        *_of_database(samples),
        *_of_disk(samples),
        *_of_versions(samples, release),
        *_of_backfills(samples),
        *_of_deliveries(samples),
    ]


def _of_queues(samples: Samples) -> Iterator[tuple[str, str]]:
    jobs, oldest = (_by(samples, f"voxport_queue_{name}", "queue") for name in ("jobs", "oldest_seconds"))
    for queue, workers in _by(samples, "voxport_queue_workers", "queue").items():
        if not workers:
            waits = f", and {int(jobs[queue])} wait" if jobs.get(queue) else ""
            yield f"No worker serves {queue}{waits}.", "Start one: voxport worker, or VOXPORT_QUEUES of those that run."
        elif oldest.get(queue, 0.0) >= _OLD_S:
            minutes = int(oldest[queue] // 60)
            yield f"In {queue} the oldest has waited for {minutes} minutes.", "More workers, or larger ones."


def _of_clocks(samples: Samples) -> Iterator[tuple[str, str]]:
    clocks = {"this server": _one(samples, "voxport_clock_ahead_seconds") or 0.0}
    for who, ahead in {**clocks, **_by(samples, "voxport_worker_clock_ahead_seconds", "worker")}.items():
        if abs(ahead) >= _CLOCK_OFF_S:
            off = f"{abs(ahead):.1f} s {'ahead of' if ahead > 0 else 'behind'} the database's"
            yield f"The clock of {who} is {off}.", "Set both by NTP: signed addresses depend on it."


def _of_database(samples: Samples) -> Iterator[tuple[str, str]]:
    used, most = (_one(samples, f"voxport_database_connections{name}") for name in ("", "_most"))
    if used is not None and most and used >= 0.9 * most:
        told = f"{int(used)} of {int(most)} connections to the database are taken."
        yield told, "Raise max_connections, or lower VOXPORT_DATABASE_CONNECTIONS."


def _of_disk(samples: Samples) -> Iterator[tuple[str, str]]:
    free = _one(samples, "voxport_data_free_bytes")
    if free is not None and free < _GOOD_FREE:
        told = f"The disk of the data folder has {free / _GIB:.1f} GiB left."
        yield told, "Uploads and the database stop when it is full." if free < _LEAST_FREE else "10 GiB are safe."


def _of_versions(samples: Samples, release: str) -> Iterator[tuple[str, str]]:
    others = {labels["release"] for labels, _ in samples.get("voxport_worker_info", ())} - {release, ""}
    if others:
        told = f"Workers run {', '.join(sorted(others))}, this server {release}."
        yield told, "Fine during an upgrade; restart what is behind afterwards."
    models = {labels["model"] for labels, _ in samples.get("voxport_worker_info", ())} - {""}
    if len(models) > 1:
        yield f"Workers recognise by different models: {', '.join(sorted(models))}.", "Set one VOXPORT_MODEL for all."


def _of_backfills(samples: Samples) -> Iterator[tuple[str, str]]:
    stalled = _one(samples, "voxport_category_stalled_seconds")
    if stalled is not None and stalled >= _OLD_S:
        told = f"A category that is looked for in past calls has not moved for {int(stalled // 60)} minutes."
        yield told, "A worker has to serve housekeeping."
    if failed := _one(samples, "voxport_category_failed_day"):
        told = f"{int(failed)} categories could not be looked for in past calls within a day."
        yield told, "Their organisations see why."


def _of_deliveries(samples: Samples) -> Iterator[tuple[str, str]]:
    given_up = sum(value for _, value in samples.get("voxport_deliveries_dead_day", ()))
    if given_up:
        yield f"{int(given_up)} deliveries were given up within a day.", "Their organisations see why, and replay them."


def _by(samples: Samples, name: str, label: str) -> Mapping[str, float]:
    return {labels[label]: value for labels, value in samples.get(name, ())}


def _one(samples: Samples, name: str) -> float | None:
    found = samples.get(name, ())
    return found[0][1] if found else None
