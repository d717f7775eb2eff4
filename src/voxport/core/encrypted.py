"""Which encrypted message a delivery sends, and what is in each (`Plan.encryption`)."""

from __future__ import annotations

from collections.abc import Mapping

from voxport.core.media import Media
from voxport.core.plan import CallbackPlan, CallbackType

_WHOLE = CallbackPlan(url="", encrypted=True)
"""What asks for the whole document."""


def encrypted_documents(media: Media) -> Mapping[str, CallbackPlan]:
    """Keys of the messages of a finished media besides its sound, each with what asks for its content.

    The whole document comes last: it is written last.
    """
    documents = {}
    for position, callback in enumerate(media.plan.callbacks):
        if callback.type is not CallbackType.MEDIA:
            documents[encrypted_delivery(media, position)] = callback
    documents.pop(media.paths.encrypted_result, None)
    return {**documents, media.paths.encrypted_result: _WHOLE}


def encrypted_delivery(media: Media, position: int) -> str:
    """Key of the message that the callback at that place of the plan sends; callbacks that ask for the same share it.

    An analytics callback without `include` sends what GET of `encrypted` answers (docs/contract/open-questions.md 11).
    """
    asked = media.plan.callbacks[position]
    if asked.type is CallbackType.MEDIA:
        return media.paths.encrypted_audio
    if _content(asked) == _content(_WHOLE):
        return media.paths.encrypted_result
    alike = (at for at, other in enumerate(media.plan.callbacks) if _content(other) == _content(asked))
    return media.paths.encrypted_callback(next(alike))


def _content(callback: CallbackPlan) -> tuple[object, ...]:
    return callback.type, callback.include, callback.format
