"""The settings themselves: a typed field each, its default, and the line that the flags and docs/settings.md show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import ModelWrapValidatorHandler, PrivateAttr, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from voxport.core.s3_objects import ENCRYPTIONS, STORAGE_CLASSES
from voxport.core.stages import Queue
from voxport.delivery.s3.keys import KeyTemplate
from voxport.settings.written import (
    Connections,
    Count,
    Device,
    GpuNumbers,
    Languages,
    LogFormat,
    LogLevel,
    Networks,
    ObjectKeyTemplate,
    Origins,
    Port,
    Positive,
    RisingSeconds,
    Seconds,
    Share,
    Switch,
    WebAddress,
    Words,
    choice,
    listing,
)

QUEUES = tuple(queue.value for queue in Queue)


class Settings(BaseSettings):
    """All settings of a process; `read_settings` makes them. None means that a setting was not given.

    The variable of `field` is VOXPORT_FIELD, its flag --field. Secrets are SecretStr, so that no repr shows them.
    """

    model_config = SettingsConfigDict(
        env_prefix="VOXPORT_",
        env_ignore_empty=True,
        enable_decoding=False,
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    data: Path = Path("data")
    """Folder of the embedded database, the objects, the models and the key."""
    host: str = "127.0.0.1"
    """Address that the API listens on."""
    port: Port = 8000
    """Port that the API listens on."""
    connections: Positive = 10_000
    """Connections to the API at once; fewer where the process may have fewer descriptors."""
    address_connections: Count = 0
    """Those of them from one address, where a proxy is one; 0: half of all."""
    wrong_tokens_per_minute: Count = 100
    """Invalid tokens of one address that are looked up in a minute, then the answer is 429; 0: any number."""
    organization_calls: Count = 0
    """Recordings of one organisation in work at once, further ones are answered with 429; 0: any number."""
    organization_bytes: Count = 0
    """Bytes of the recordings of one organisation in work at once; 0: any number."""
    metrics_token: SecretStr | None = None
    """Bearer token that /metrics wants; empty: whoever reaches the API may read it."""
    console: Switch = True
    """Whether the pages for people are served at /console; false: nothing is there."""
    public_url: WebAddress | None = None
    """Address of the API as customers see it, for the links in what is sent to them; empty: http://HOST:PORT."""
    database_url: SecretStr | None = None
    """PostgreSQL to use (postgresql://user@host/name, or host1,host2); empty: an embedded one under the data folder."""
    database_direct_url: SecretStr | None = None
    """Address of PostgreSQL itself, where VOXPORT_DATABASE_URL leads to a pooler of transactions (pgbouncer);
    empty: VOXPORT_DATABASE_URL leads there."""
    database_connections: Connections = 20
    """Connections to the database that the API, or a worker, makes at most; at least 12."""
    database_timeout_s: Seconds = 15.0
    """Time that the database has to answer the API; then the answer is 503."""
    store_url: str | None = None
    """Where media and results are kept (file:///folder, s3://bucket/prefix); empty: DATA."""
    secret_key: SecretStr | None = None
    """32 bytes in base64 or hex that encrypt addresses at rest and sign links; behind a comma those of before, which
    open what they have encrypted; empty: DATA/secret.key, made once."""
    search_timeout_s: Seconds = 0.9
    """Time that the database has for one search or statement; one that takes longer is refused."""
    search_cost: Positive = 1_000
    """How often one statement may look at each call (docs/search.md); one that would more often is refused."""
    search_rows: Positive = 1_000
    """Most rows of the answer to a statement."""
    searches: Positive = 4
    """Searches of one API process at once, half of them of one organisation; others wait, 50 of each organisation."""
    category_timeout_s: Seconds = 5.0
    """Time that the database has to look for the categories of a call; what takes longer is in none."""
    s3_endpoint_url: WebAddress | None = None
    """S3 endpoint of the store, where it is not AWS."""
    workers: Count = 1
    """Worker processes that `serve` starts; 0 is the same as --no-worker."""
    queues: Annotated[tuple[str, ...], listing(QUEUES, "queues")] = QUEUES
    """Queues that a worker serves; a GPU box may take only speech."""

    model: str = "base"
    """Recognition model: base, tiny.en, a folder (CTranslate2 or ONNX), a hub name,
    or the http(s) address of an OpenAI-compatible endpoint."""
    model_download: Switch = False
    """Whether a hub name may be downloaded from the network."""
    model_languages: Languages = ()
    """Languages that may be asked for (en,fr); empty: all that the model says it knows.
    ONNX models that do not say it need this."""
    device: Device = "auto"
    """Where the model runs: auto is a GPU where one can be used, cuda ends the start without one."""
    gpus: GpuNumbers = ()
    """Numbers of the GPUs of a worker (0,1), which have to be there; empty: the first one, where it runs on a GPU."""
    compute_type: str = "auto"
    """Arithmetic of the model; auto is int8 on a CPU, float16 on a GPU."""
    speech_threads: Count = 0
    """Processor threads of the model; 0: as many as there are cores."""
    speech_batch_s: Count = 0
    """Seconds of sound in one batch of the model; 0: 120 on a CPU, 240 on a GPU."""
    speech_concurrency: Positive = 4
    """Calls of one worker that go through the model together."""
    remote_model: str = "whisper-1"
    """Name of the model at the endpoint that VOXPORT_MODEL is the address of."""
    remote_key: SecretStr | None = None
    """Key for that endpoint, sent as a bearer token."""
    remote_concurrency: Positive = 8
    """Segments that a worker has under way there at once."""
    remote_timeout_s: Seconds = 120.0
    """Time for the answer to one segment, which has at most 30 s of sound."""
    redaction_check: Switch = True
    """Whether redacted audio is recognised once more before it goes out."""
    erase_original_after_redaction: Switch = False
    """Whether every recording whose audio was redacted is erased; a configuration can ask it for one."""
    profanity_words: Words = ()
    """Words and phrases that the profanity filter takes beside its own list."""

    max_upload_bytes: Positive = 4 * 1024**3
    """Largest recording, uploaded or fetched."""
    max_duration_s: Seconds = 43200.0
    """Longest recording, measured by what is decoded."""
    max_channels: Positive = 16
    """Most channels of a recording."""
    separate_channels: Switch = False
    """Whether channels of which a configuration says nothing (no ingest) are heard apart, as Speaker1 and Speaker2;
    false: they are mixed into one conversation without names, as on the platform."""
    diarization: Switch = True
    """Whether the people on a channel without a name (mono, or channels that are mixed) are told apart where a
    configuration says nothing; false: only where one asks for it (ingest.diarization)."""
    fetch_timeout_s: Seconds = 900.0
    """Time in which a mediaUrl has to arrive whole."""
    fetch_idle_timeout_s: Seconds = 30.0
    """Time without a byte after which a mediaUrl is given up."""
    fetch_tries: Positive = 8
    """Attempts to fetch a mediaUrl whose server fails or cannot be reached."""
    working_audio_bytes: Positive = 2 * 1024**3
    """Decoded sound that one worker holds at once, compact; a call that needs more goes alone."""
    organization_working_audio_bytes: Count = 0
    """Of that, what the calls of one organisation take; 0: half of it."""
    stage_timeout_s: Seconds = 21600.0
    """Longest run of one stage; a stage that hangs fails its media."""
    allow_networks: Networks = ()
    """Private networks (CIDRs, comma-separated) that customers' URLs may name."""
    allow_http: Switch = False
    """Whether callbacks and media URLs may be plain http."""
    proxy: SecretStr | None = None
    """HTTP proxy (http://user:password@host:port) by which customers' URLs and STS are reached; empty: directly."""
    proxy_resolves: Switch = False
    """Whether the proxy looks up names instead of this server; it has to refuse private networks itself then."""
    no_proxy: Words = ()
    """Hosts, with all below them, and networks (CIDRs) that are reached without the proxy."""
    ca_file: Path | None = None
    """PEM file of authorities that are trusted beside the public ones, for customers' URLs and STS."""
    allow_origins: Origins = ()
    """Origins whose web pages may call the API (https://pages.example.com, comma-separated); *: pages from anywhere."""

    delivery_rounds: RisingSeconds = (900.0, 2700.0, 6300.0, 13500.0, 27900.0, 56700.0)
    """Seconds after a delivery's first attempt at which further rounds begin."""
    delivery_tries: Positive = 3
    """Attempts in a round, directly one after another."""
    delivery_jitter: Share = 0.1
    """Share of the wait by which a round may begin later, to spread them."""
    delivery_connect_timeout_s: Seconds = 10.0
    """Time to connect to a customer's address."""
    delivery_timeout_s: Seconds = 60.0
    """Time without progress in a delivery after which an attempt ends."""
    deliver_concurrency: Positive = 32
    """Deliveries of one worker under way at once."""
    endpoint_concurrency: Positive = 16
    """Those of them to one endpoint, once deliveries arrive there."""
    endpoint_pause_after: Positive = 10
    """Failed rounds in a row after which an endpoint is paused."""
    endpoint_probe_s: Seconds = 60.0
    """Time until a paused endpoint is probed; doubles up to 15 minutes."""
    sts_endpoint_url: WebAddress | None = None
    """STS that gives roles for delivery to S3, where it is not AWS's."""
    role_key_template: ObjectKeyTemplate = KeyTemplate()
    """Key of an object delivered by role, below its folder, of
    {mediaId}, {externalId}, {type}, {name}, {extension} and {date}."""
    role_encryption: Annotated[str, choice(*ENCRYPTIONS)] | None = None
    """Encryption of those objects, where a callback names none."""
    role_kms_key_id: str | None = None
    """KMS key of those objects, with an encryption by KMS."""
    role_storage_class: Annotated[str, choice(*STORAGE_CLASSES)] | None = None
    """Storage class of those objects, where a callback names none."""
    role_hosts: Words = ()
    """Stores besides AWS that take the bucket before their name (s3.example.com)."""

    heartbeat_s: Seconds = 1.0
    """How often a worker says that it is alive."""
    stalled_after_s: Seconds = 6.0
    """Silence after which a worker's jobs are given to another."""
    alive_file: Path | None = None
    """File that a worker touches with every heartbeat once it is ready, for probes; empty: none."""
    drain_s: Seconds = 20.0
    """Time a worker that is asked to stop has for what it is doing."""
    traces_url: WebAddress | None = None
    """Collector of traces (OTLP over HTTP, http://collector:4318/v1/traces); empty: none are made."""
    log_level: LogLevel = "info"
    """Least level that is logged."""
    log_format: LogFormat = "json"
    """Form of a log line."""

    _written: dict[str, str] = PrivateAttr(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic-settings'
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only the values handed in: `read_settings` says which environment is read, and no .env file ever is."""
        return (init_settings,)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_written(cls, given: dict[str, Any], handler: ModelWrapValidatorHandler[Self]) -> Self:
        settings = handler(given)
        settings._written.update({key: text for key, text in given.items() if isinstance(text, str)})
        return settings

    @property
    def written(self) -> Mapping[str, str]:
        """Those settings that were given, by field, as they were written. Holds secrets."""
        return self._written

    @property
    def data_dir(self) -> Path:
        """The data folder as an absolute path."""
        return self.data.expanduser().resolve()
