"""Operations, for whoever runs the server: queues, workers, what fails, database and store, versions.

Another sign-in opens it, with the operator's token of `/metrics`: no token of an organisation sees how others fare.
"""

from __future__ import annotations

import asyncio
import platform
from collections import defaultdict
from collections.abc import Mapping, Sequence

from starlette.responses import RedirectResponse, Response

from voxport import __version__
from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Question, refusal
from voxport.console.server_state import Samples, advice, read_samples
from voxport.console.sessions import PATH

_METRICS, _READINESS = Question("GET", "/metrics"), Question("GET", "/readyz")
_OF_DELIVERIES: Mapping[str, str] = {
    "voxport_deliveries_pending": "pending",
    "voxport_deliveries_oldest_seconds": "oldest_s",
    "voxport_deliveries_held": "held",
    "voxport_deliveries_dead": "dead",
    "voxport_endpoints_paused": "paused",
}


async def show(page: Page) -> Response:
    """The whole page; the form where the operator has not signed in here.

    Whether database and store answer is told also where the figures cannot be read for want of them.
    """
    token = page.operator
    if token is None:
        return await _form(page, None, 200)
    figures, readiness = await asyncio.gather(
        page.api.ask(page.request, token, _METRICS, refuses=False),
        page.api.ask(page.request, token, _READINESS, refuses=False),
    )
    if figures.status == 401:
        return await _form(page, "The token was changed meanwhile.", 401)
    unread = refusal(figures.status, figures.content).message if figures.status >= 400 else None
    samples = {} if unread else read_samples(figures.content.decode())
    values = {**_values(samples), "ready": readiness.document(), "unread": unread}
    return await page.render("operations.html", values, figures.status)


async def sign_in(page: Page) -> Response:
    """Begins the operator's session, where the token is that of the metrics."""
    token = (await page.form()).get("token", "").strip()
    if not page.has_operator or not token.isascii() or not token or any(map(str.isspace, token)):
        return await _form(page, "That is not the operator's token.", 400)
    try:
        await page.api.ask(page.request, token, _METRICS)
    except ApiRefused as refused:
        told = {401: "That is not the operator's token."}.get(refused.status, refused.message)
        return await _form(page, told, refused.status)
    answer = RedirectResponse(f"{PATH}/operations", 303)
    page.operators.begin(page.request, answer, token)
    return answer


async def sign_out(page: Page) -> Response:
    """Ends the operator's session of this browser."""
    answer = RedirectResponse(f"{PATH}/operations", 303)
    page.operators.end(page.request, answer)
    return answer


async def _form(page: Page, problem: str | None, status: int) -> Response:
    values = {"problem": problem, "has_operator": page.has_operator}
    return await page.render("operations_sign_in.html", values, status)


def _values(samples: Samples) -> dict[str, object]:
    queues: dict[str, dict[str, float]] = defaultdict(dict)
    for name, key in (
        ("voxport_queue_jobs", "jobs"),
        ("voxport_queue_oldest_seconds", "oldest_s"),
        ("voxport_queue_workers", "workers"),
    ):
        for labels, value in samples.get(name, ()):
            queues[labels["queue"]][key] = value
    workers: dict[str, dict[str, float]] = defaultdict(dict)
    for name in ("resident_memory_bytes", "cpu_seconds", "clock_ahead_seconds"):
        for labels, value in samples.get(f"voxport_worker_{name}", ()):
            workers[labels["worker"]][name] = value
    organizations: dict[str, dict[str, float]] = defaultdict(dict)
    for name, key in _OF_DELIVERIES.items():
        for labels, value in samples.get(name, ()):
            organizations[labels.get("organization", "all")][key] = value
    return {
        "queues": queues,
        "workers": workers,
        "organizations": organizations,
        "under_way": {labels["status"]: value for labels, value in samples.get("voxport_media_under_way", ())},
        "failed": [(labels["code"], value) for labels, value in samples.get("voxport_media_failed_day", ())],
        "given_up": [(labels["reason"], value) for labels, value in samples.get("voxport_deliveries_dead_day", ())],
        "databases": [labels["version"] for labels, _ in samples.get("voxport_database_info", ())],
        "versions": {labels["worker"]: labels for labels, _ in samples.get("voxport_worker_info", ())},
        "advice": advice(samples, __version__),
        "refusals": _answers(samples),
        "single": {name: found[0][1] for name, found in samples.items() if len(found) == 1 and not found[0][0]},
        "python": platform.python_version(),
        "release": __version__,
    }


def _answers(samples: Samples) -> Sequence[tuple[str, str, int]]:
    """Requests that this process has refused or failed: status, address and number, the most first."""
    counted = [
        (labels["status"], f"{labels['method']} {labels['route']}", int(value))
        for labels, value in samples.get("voxport_http_requests_total", ())
        if labels["status"] >= "400" and value
    ]
    return sorted(counted, key=lambda one: -one[2])[:20]
