"""`publish`: where results go (docs/contract/callbacks.md sections 1 and 4)."""

from __future__ import annotations

from voxport.wire.reading.shapes import Many, Shape


class Callback(Shape, kept_empty=True):
    """One delivery of results to an address of the client."""

    url: str | None = None
    """Where the delivery goes; needed. With s3Delivery the address of a bucket."""
    method: str | None = None
    """POST or PUT; left out: POST."""
    type: str | None = None
    """analytics, transcript or media; left out: analytics."""
    include: Many[str] = ()
    """Sections of analytics; left out: all that were computed."""
    format: str | None = None
    """Form of a transcript; needed for the type transcript."""
    stream: str | None = None
    """Which sound a delivery of the type media sends: original or redacted-audio."""
    s3_delivery: bool | None = None
    """Whether objects are put into a bucket by a role of the client."""
    role: str | None = None
    """ARN of the role; needed with s3Delivery."""
    prepend_folder: str | None = None
    """Folder of the bucket that the objects lie in."""
    server_side_encryption: str | None = None
    """How the bucket encrypts the objects; ours, not part of the published contract."""
    kms_key_id: str | None = None
    """The key for it: id, alias or ARN; ours."""
    storage_class: str | None = None
    """Storage class of the objects; ours."""


class AudioTranscode(Shape):
    """The form in which the recording is served."""

    only_if_redacted: bool | None = None
    """Whether only redacted audio is written again."""
    file_format: str | None = None
    """Name of the container; left out: wav."""
    codec: str | None = None
    """Name of the codec; left out: the one that the container usually has."""


class Publish(Shape):
    """Where results go, and in which form the recording is served."""

    callbacks: Many[Callback] = ()
    """Deliveries of results."""
    enable_analytic_indexing: bool | None = None
    """Whether statements (VBQL) see the recording; left out: they do not. Categories are found either way."""
    erase_original: bool | None = None
    """Whether the recording as it came in is erased once redacted audio stands in its place; ours."""
    audio_transcode: AudioTranscode | None = None
    """Left out: the recording is served as it came in, redacted audio as a WAV file."""
