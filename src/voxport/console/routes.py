"""Every address of the console, in one table: the method, the path, and the handler that answers there.

A new page is a handler in a module of `pages/`, a template, and a line here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.pages import (
    call,
    calls,
    definition,
    definitions,
    deliveries,
    endpoints,
    keys,
    operations,
    presets,
    redaction,
    s3,
    sign_in,
    upload,
    usage,
)
from voxport.console.sessions import PATH

Handler = Callable[[Page], Awaitable[Response]]
_CALL = f"{PATH}/calls/{{media_id}}"


@dataclass(frozen=True, slots=True)
class ConsoleRoute:
    """One line of the table of addresses."""

    method: str
    """GET or POST; GET answers HEAD too."""
    path: str
    """The template of the framework."""
    handler: Handler
    for_anybody: bool = False
    """Whether it answers without a session; all others lead to the form before anything else of them is looked at."""


ROUTES: Sequence[ConsoleRoute] = (
    ConsoleRoute("GET", PATH, calls.home),
    ConsoleRoute("GET", f"{PATH}/", calls.home),
    ConsoleRoute("GET", f"{PATH}/sign-in", sign_in.show, for_anybody=True),
    ConsoleRoute("POST", f"{PATH}/sign-in", sign_in.sign_in, for_anybody=True),
    ConsoleRoute("POST", f"{PATH}/sign-out", sign_in.sign_out, for_anybody=True),
    ConsoleRoute("GET", f"{PATH}/calls", calls.show),
    ConsoleRoute("GET", f"{PATH}/calls/rows", calls.rows),
    ConsoleRoute("POST", f"{PATH}/calls/columns", calls.choose_columns),
    ConsoleRoute("GET", f"{PATH}/calls/categories", calls.categories),
    ConsoleRoute("GET", f"{PATH}/calls/upload", upload.show),
    ConsoleRoute("POST", f"{PATH}/calls/upload", upload.send),
    ConsoleRoute("GET", f"{_CALL}/delete", calls.ask_delete),
    ConsoleRoute("POST", f"{_CALL}/delete", calls.delete),
    ConsoleRoute("GET", f"{_CALL}/again", calls.ask_again),
    ConsoleRoute("POST", f"{_CALL}/again", calls.again),
    ConsoleRoute("GET", f"{_CALL}/deliveries", deliveries.of_call),
    ConsoleRoute("GET", f"{PATH}/deliveries", deliveries.show),
    ConsoleRoute("POST", f"{PATH}/deliveries/replay", deliveries.replay_many),
    ConsoleRoute("GET", f"{PATH}/deliveries/{{delivery_id}}", deliveries.show_one),
    ConsoleRoute("GET", f"{PATH}/deliveries/{{delivery_id}}/attempts/{{number}}", deliveries.attempt),
    ConsoleRoute("POST", f"{PATH}/deliveries/{{delivery_id}}/replay", deliveries.replay),
    ConsoleRoute("GET", f"{PATH}/endpoints", endpoints.show),
    ConsoleRoute("POST", f"{PATH}/endpoints/test", endpoints.test),
    ConsoleRoute("GET", f"{PATH}/endpoints/secret", endpoints.show_secret),
    ConsoleRoute("POST", f"{PATH}/endpoints/secret", endpoints.rotate_secret),
    ConsoleRoute("GET", f"{PATH}/keys", keys.show),
    ConsoleRoute("POST", f"{PATH}/keys", keys.make),
    ConsoleRoute("GET", f"{PATH}/keys/{{key_id}}/end", keys.ask_end),
    ConsoleRoute("POST", f"{PATH}/keys/{{key_id}}/end", keys.end),
    ConsoleRoute("GET", f"{PATH}/operations", operations.show, for_anybody=True),
    ConsoleRoute("POST", f"{PATH}/operations", operations.sign_in, for_anybody=True),
    ConsoleRoute("POST", f"{PATH}/operations/sign-out", operations.sign_out, for_anybody=True),
    ConsoleRoute("GET", f"{PATH}/s3", s3.show),
    ConsoleRoute("POST", f"{PATH}/s3/check", s3.check),
    ConsoleRoute("GET", f"{PATH}/redaction", redaction.show),
    ConsoleRoute("GET", f"{PATH}/usage", usage.show),
    ConsoleRoute("GET", f"{PATH}/usage/csv", usage.table),
    ConsoleRoute("GET", f"{PATH}/presets", presets.show),
    ConsoleRoute("GET", f"{PATH}/presets/edit", presets.edit),
    ConsoleRoute("POST", f"{PATH}/presets/edit", presets.save),
    ConsoleRoute("POST", f"{PATH}/presets/new", presets.begin),
    ConsoleRoute("POST", f"{PATH}/presets/delete", presets.delete),
    ConsoleRoute("GET", f"{PATH}/definitions", definitions.show),
    ConsoleRoute("POST", f"{PATH}/definitions/categories/try", definition.attempt),
    ConsoleRoute("POST", f"{PATH}/definitions/categories/apply", definitions.apply),
    ConsoleRoute("POST", f"{PATH}/definitions/applications/{{application_id}}/cancel", definitions.cancel),
    ConsoleRoute("GET", f"{PATH}/definitions/{{kind}}/edit", definition.edit),
    ConsoleRoute("POST", f"{PATH}/definitions/{{kind}}/edit", definition.save),
    ConsoleRoute("GET", f"{PATH}/definitions/{{kind}}/delete", definitions.ask_delete),
    ConsoleRoute("POST", f"{PATH}/definitions/{{kind}}/delete", definitions.delete),
    ConsoleRoute("GET", _CALL, call.show),
    ConsoleRoute("GET", f"{_CALL}/progress", call.progress),
    ConsoleRoute("GET", f"{_CALL}/state", call.state),
    ConsoleRoute("GET", f"{_CALL}/comparison", redaction.comparison),
    ConsoleRoute("GET", f"{_CALL}/audio", call.audio),
    ConsoleRoute("GET", f"{_CALL}/peaks", call.peaks),
    ConsoleRoute("POST", f"{_CALL}/peaks", call.measure_peaks),
    ConsoleRoute("GET", f"{_CALL}/download/{{form}}", call.download),
    ConsoleRoute("GET", f"{_CALL}/correct", call.ask_correction),
    ConsoleRoute("POST", f"{_CALL}/correct", call.correct),
    ConsoleRoute("GET", f"{_CALL}/metadata", call.ask_metadata),
    ConsoleRoute("POST", f"{_CALL}/metadata", call.replace_metadata),
)
