"""What the API may ask of whoever delivers, to show what an attempt sends."""

from __future__ import annotations

from typing import Protocol

from voxport.core.delivery import Attempt, Delivery
from voxport.core.media import Media
from voxport.core.shown_request import ShownRequest


class Previews(Protocol):
    """Makes requests of deliveries and sends none."""

    async def show(self, media: Media, delivery: Delivery, attempt: Attempt | None) -> ShownRequest:
        """What `attempt` of a delivery of `media` has sent, made again from the media as it stands.

        Without an attempt what the first would send. Raises FileNotFoundError where there is nothing to send any more,
        and TransientFault while a later run of the media takes it away.
        """
        ...
