"""Parts of a multipart body that are text: in the charset they name, and the transcript that is to be aligned."""

from __future__ import annotations

from voxport.api.multipart import MultipartReader, PartHead, parse_type, unreadable
from voxport.api.request_body import parsed
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.language.corrected_text import MAX_WORD_CHARS, is_readable
from voxport.wire.reading.excerpts import clip

_CHARSETS = {"": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8"}
_KNOWN_CHARSETS = frozenset({"utf-8", "utf8", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "utf-16"})
_MAX_TRANSCRIPT_BYTES = 4 * 1024 * 1024
"""More than fifty hours of talk."""
_OTHER_FORMS = ("json", "xml", "html", "rtf", "pdf", "msword", "officedocument")


def part_text(content: bytes, head: PartHead) -> str:
    """Text of a part in the charset it names; without one, or with the subset ASCII, UTF-8."""
    named = parse_type(head.content_type)[1].get("charset", "").lower()
    charset = _CHARSETS.get(named, named)
    if charset not in _KNOWN_CHARSETS:
        raise unreadable(f"the part {clip(head.name)} has the charset {clip(named)}, which is not known here")
    try:
        return content.decode("utf-8-sig" if charset == "utf-8" else charset)
    except UnicodeDecodeError:
        raise unreadable(f"the part {clip(head.name)} is not {charset} text") from None


async def corrected_part(reader: MultipartReader, head: PartHead, warnings: list[Problem]) -> str | None:
    """The part `transcript`; None, with one more of `warnings`, for one left empty.

    Raises RequestRefused 10001 unless it is text, SRT or WebVTT; an endless word is no text.
    """
    kind = parse_type(head.content_type)[0]
    text = part_text(await reader.text(_MAX_TRANSCRIPT_BYTES), head)
    readable = await parsed(text, lambda: is_readable(text))
    begins = text.lstrip()[:1]
    if any(form in kind for form in _OTHER_FORMS) or begins in ("{", "<") or text.lstrip().startswith("[{"):
        raise unreadable("the part transcript must be plain text, SRT or WebVTT")
    if not readable:
        raise unreadable(f"the part transcript has a word of more than {MAX_WORD_CHARS} characters")
    if not text.strip():
        warnings.append(Problem(Code.MULTIPART_UNREADABLE, "The part transcript is empty and was not used."))
        return None
    return text
