"""What can be found of a finished call, read from its artefacts."""

from __future__ import annotations

from voxport.core.artefacts import transcript_from_json
from voxport.core.findings import Findings, findings_from_json
from voxport.core.media import Media
from voxport.search.call_text import CallText, lay_out
from voxport.storage.objects.blobs import Blobs


def call_text_of(blobs: Blobs, media: Media) -> CallText:
    """The transcript as the customer sees it, redacted where that was asked, with what was found in it.

    Blocking. Raises FileNotFoundError when the result is gone, ValueError when it cannot be read.
    """
    transcript, findings = blobs.get(media.paths.transcript), blobs.get(media.paths.findings)
    # The first version covered nothing, analysed nothing and left no findings.
    if transcript is None or (findings is None and media.plan.detectors):
        raise FileNotFoundError("the result that was to be found is gone")
    found = Findings() if findings is None else findings_from_json(findings)
    return lay_out(transcript_from_json(transcript), found, media.plan)
