"""Every setting of the program: one table, read from `VOXPORT_*` variables and the flags of `serve` and `worker`.

A flag wins over its variable, a variable over the default. `voxport settings` prints this table and docs/settings.md
is checked against it. Rooms never read the environment: they get the small options value that concerns them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from voxport.core.errors import Misconfigured
from voxport.core.s3_objects import ENCRYPTIONS, STORAGE_CLASSES
from voxport.delivery.s3_keys import DEFAULT_TEMPLATE, KeyTemplate

_MIB = 1024 * 1024
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


def _text(value: str) -> str:
    return value


def _boolean(value: str) -> bool:
    word = value.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError("expected true or false")


def _count(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError("expected a whole number that is not negative")
    return number


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("expected a whole number above zero")
    return number


def _port(value: str) -> int:
    number = _positive(value)
    if number > 65535:
        raise ValueError("a port is a number from 1 to 65535")
    return number


def _seconds(value: str) -> float:
    number = float(value)
    if not 0 < number < float("inf"):
        raise ValueError("expected a number of seconds above zero")
    return number


def _share(value: str) -> float:
    number = float(value)
    if not 0 <= number < 1:
        raise ValueError("expected a number from 0 to below 1")
    return number


def _seconds_list(value: str) -> tuple[float, ...]:
    rounds = tuple(float(part) for part in value.split(",") if part.strip())
    if any(not 0 < second < float("inf") for second in rounds) or list(rounds) != sorted(set(rounds)):
        raise ValueError("expected rising numbers of seconds, separated by commas")
    return rounds


def _networks(value: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())


def _words(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("expected an address like https://voxport.example.com")
    return value.rstrip("/")


def _choice(*words: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in words:
            raise ValueError(f"expected one of {', '.join(words)}")
        return value

    return parse


QUEUES = ("fetch", "ingest", "speech", "analysis", "deliver", "housekeeping")


def _queues(value: str) -> tuple[str, ...]:
    queues = _words(value)
    unknown = [queue for queue in queues if queue not in QUEUES]
    if unknown or not queues:
        raise ValueError(f"expected queues out of {', '.join(QUEUES)}")
    return queues


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. `default` is in the written form; an empty default means "not set"."""

    key: str
    default: str
    help: str
    parse: Callable[[str], Any]
    secret: bool = False

    @property
    def variable(self) -> str:
        return f"VOXPORT_{self.key.upper()}"

    @property
    def flag(self) -> str:
        return "--" + self.key.replace("_", "-")


SETTINGS: tuple[Setting, ...] = (
    Setting("data", "./data", "Folder of the embedded database, the objects, the models and the key.", Path),
    Setting("host", "127.0.0.1", "Address that the API listens on.", _text),
    Setting("port", "8000", "Port that the API listens on.", _port),
    Setting(
        "public_url",
        "",
        "Address of the API as customers see it, for the links in what is sent to them; empty: http://HOST:PORT.",
        _web_address,
    ),
    Setting(
        "database_url",
        "",
        "PostgreSQL to use (postgresql://user@host/name); empty: an embedded one under the data folder.",
        _text,
        secret=True,
    ),
    Setting(
        "store_url", "", "Where media and results are kept (file:///folder, s3://bucket/prefix); empty: DATA.", _text
    ),
    Setting(
        "secret_key",
        "",
        "32 bytes in base64 or hex that encrypt addresses at rest and sign links; empty: DATA/secret.key, made once.",
        _text,
        secret=True,
    ),
    Setting("s3_endpoint_url", "", "S3 endpoint of the store, where it is not AWS.", _web_address),
    Setting("workers", "1", "Worker processes that `serve` starts; 0 is the same as --no-worker.", _count),
    Setting("queues", ",".join(QUEUES), "Queues that a worker serves; a GPU box may take only speech.", _queues),
    Setting("model", "base", "Recognition model: base, tiny.en, a folder, or a hub name.", _text),
    Setting("model_download", "false", "Whether a hub name may be downloaded from the network.", _boolean),
    Setting("device", "auto", "Where the model runs.", _choice("auto", "cpu", "cuda")),
    Setting("compute_type", "auto", "Arithmetic of the model; auto is int8 on a CPU, float16 on a GPU.", _text),
    Setting("speech_threads", "0", "Processor threads of the model; 0: as many as there are cores.", _count),
    Setting("speech_concurrency", "4", "Calls of one worker that go through the model together.", _positive),
    Setting("redaction_check", "true", "Whether redacted audio is recognised once more before it goes out.", _boolean),
    Setting(
        "erase_original_after_redaction",
        "false",
        "Whether every recording whose audio was redacted is erased; a configuration can ask it for one.",
        _boolean,
    ),
    Setting("profanity_words", "", "Words and phrases that the profanity filter takes beside its own list.", _words),
    Setting("max_upload_bytes", str(4096 * _MIB), "Largest recording, uploaded or fetched.", _positive),
    Setting("max_duration_s", "43200", "Longest recording, measured by what is decoded.", _seconds),
    Setting("max_channels", "16", "Most channels of a recording.", _positive),
    Setting("fetch_timeout_s", "900", "Time in which a mediaUrl has to arrive whole.", _seconds),
    Setting("fetch_idle_timeout_s", "30", "Time without a byte after which a mediaUrl is given up.", _seconds),
    Setting("fetch_tries", "8", "Tries of a mediaUrl whose server fails or cannot be reached.", _positive),
    Setting("stage_timeout_s", "21600", "Longest run of one stage; a stage that hangs fails its media.", _seconds),
    Setting(
        "allow_networks", "", "Private networks (CIDRs, comma-separated) that customers' URLs may name.", _networks
    ),
    Setting("allow_http", "false", "Whether callbacks and media URLs may be plain http.", _boolean),
    Setting(
        "delivery_rounds",
        "900,2700,6300,13500,27900,56700",
        "Seconds after a delivery's first try at which further rounds begin.",
        _seconds_list,
    ),
    Setting("delivery_tries", "3", "Tries of a round, directly one after another.", _positive),
    Setting("delivery_jitter", "0.1", "Share of the wait by which a round may begin later, to spread them.", _share),
    Setting("delivery_connect_timeout_s", "10", "Time to connect to a customer's address.", _seconds),
    Setting("delivery_timeout_s", "60", "Time without progress in a delivery after which a try ends.", _seconds),
    Setting("deliver_concurrency", "32", "Deliveries of one worker under way at once.", _positive),
    Setting("endpoint_concurrency", "16", "Those of them to one endpoint, once deliveries arrive there.", _positive),
    Setting("endpoint_pause_after", "10", "Failed rounds in a row after which an endpoint is paused.", _positive),
    Setting("endpoint_probe_s", "60", "Time until a paused endpoint is probed; doubles up to 15 minutes.", _seconds),
    Setting("sts_endpoint_url", "", "STS that gives roles for delivery to S3, where it is not AWS's.", _web_address),
    Setting(
        "role_key_template",
        DEFAULT_TEMPLATE,
        "Key of an object delivered by role, below its folder, of "
        "{mediaId}, {externalId}, {type}, {name}, {extension} and {date}.",
        KeyTemplate.read,
    ),
    Setting("role_encryption", "", "Encryption of those objects, where a callback names none.", _choice(*ENCRYPTIONS)),
    Setting("role_kms_key_id", "", "KMS key of those objects, with an encryption by KMS.", _text),
    Setting(
        "role_storage_class",
        "",
        "Storage class of those objects, where a callback names none.",
        _choice(*STORAGE_CLASSES),
    ),
    Setting("role_hosts", "", "Stores besides AWS that take the bucket before their name (s3.example.com).", _words),
    Setting("heartbeat_s", "1", "How often a worker says that it is alive.", _seconds),
    Setting("stalled_after_s", "6", "Silence after which a worker's jobs are given to another.", _seconds),
    Setting("drain_s", "20", "Time a worker that is asked to stop has for what it is doing.", _seconds),
    Setting("log_level", "info", "Least level that is logged.", _choice("debug", "info", "warning", "error")),
    Setting("log_format", "json", "Form of a log line.", _choice("json", "console")),
)

_BY_KEY = {setting.key: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """Parsed values by key, `settings["port"]`; `written` holds those that were given, as they were written."""

    values: Mapping[str, Any] = field(repr=False)
    written: Mapping[str, str] = field(repr=False)

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @property
    def data_dir(self) -> Path:
        data: Path = self.values["data"]
        return data.expanduser().resolve()


def read_settings(environ: Mapping[str, str], flags: Mapping[str, str | None] | None = None) -> Settings:
    """Flags over variables over defaults; raises Misconfigured naming the variable, the value's fault and nothing else.

    A variable that begins with VOXPORT_ and is not in the table is refused too: a misspelt setting does nothing.
    """
    flags = flags or {}
    unknown = sorted(set(flags) - set(_BY_KEY))
    if unknown:
        raise Misconfigured(f"There is no setting named {', '.join(unknown)}; `voxport settings` lists them all.")
    known = {setting.variable for setting in SETTINGS} | CLIENT_VARIABLES
    misspelt = sorted(name for name in environ if name.startswith("VOXPORT_") and name not in known)
    if misspelt:
        raise Misconfigured(f"There is no setting named {', '.join(misspelt)}; `voxport settings` lists them all.")
    written = {setting.key: text for setting in SETTINGS if (text := _written(setting, environ, flags)) is not None}
    return Settings({setting.key: _value(setting, written, flags) for setting in SETTINGS}, written)


CLIENT_VARIABLES = frozenset({"VOXPORT_URL", "VOXPORT_TOKEN"})
"""Read by the client verbs of the CLI (`voxport submit`), not by the server."""


def _written(setting: Setting, environ: Mapping[str, str], flags: Mapping[str, str | None]) -> str | None:
    """An empty value is the same as none."""
    return flags.get(setting.key) or environ.get(setting.variable) or None


def _value(setting: Setting, written: Mapping[str, str], flags: Mapping[str, str | None]) -> Any:
    text = written.get(setting.key, setting.default)
    if text == "":
        return () if setting.parse in (_networks, _words) else None
    try:
        return setting.parse(text)
    except ValueError as error:
        source = setting.flag if flags.get(setting.key) else setting.variable
        shown = "" if setting.secret else f" ({text!r})"
        raise Misconfigured(f"{source}{shown} cannot be used: {error}.") from None
