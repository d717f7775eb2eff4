"""One form for all log lines, ours and our libraries': JSON for machines or columns for people, on standard error."""

from __future__ import annotations

import logging
import logging.config
import sys

import structlog

from voxport.telemetry.privacy import scrub_field

_QUIET = (
    "alembic",
    "boto3",
    "botocore",
    "httpcore",
    "httpx",
    "libav",
    "opentelemetry",
    "procrastinate",
    "urllib3",
)
"""Libraries whose lower levels tell what a customer's address or body is, or say nothing of use."""


def configure_logging(level: str, json: bool) -> None:
    """Sets up structlog and the standard library's logging for this process; calling it again replaces the first.

    `level` is debug, info, warning or error. Every line passes the privacy filter, tracebacks included.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(sort_keys=False, ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    _configure_standard_library(
        level,
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared[:4], structlog.stdlib.ExtraAdder(), *shared[4:]],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, scrub_event, renderer],
        ),
    )


def _configure_standard_library(level: str, formatter: logging.Formatter) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    _adopt("uvicorn", "uvicorn.error", "uvicorn.access", "procrastinate")
    logging.captureWarnings(True)


def scrub_event(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The privacy filter as a structlog processor, last before rendering."""
    return {str(key): scrub_field(str(key), value) for key, value in event.items()}


def _adopt(*names: str) -> None:
    """Loggers that bring handlers of their own give them up and speak through ours."""
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
