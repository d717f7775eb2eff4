"""What engines that are made up for tests have in common: they take sound as it is, and cannot be biased."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Self

from voxport.speech.engine import Capabilities, DecodingRequest, Hypothesis
from voxport.speech.levels import Floats


class MadeUpEngine(ABC):
    """An engine, and the model that it is loaded from; it keeps what it was asked for."""

    name = "made up 1"
    lanes = 1
    batch_frames = 12_000
    identifies_languages = False

    def __init__(self) -> None:
        self.requests: list[DecodingRequest] = []
        self.closed = False
        self.capabilities = Capabilities(window=True, beam_size=True, temperature=True, timestamp_tokens=True)

    @abstractmethod
    def hear(self, request: DecodingRequest) -> Hypothesis:
        """What it hears in one request."""

    def load(self) -> Self:
        return self

    def knows(self, language: str) -> bool:
        return language == "en"

    def features(self, samples: Floats) -> Floats:
        return samples

    def prompt(self, terms: Sequence[str], language: str) -> tuple[int, ...]:  # noqa: ARG002
        return ()

    def context(self, text: str, language: str) -> tuple[int, ...]:  # noqa: ARG002
        return tuple(map(ord, text)) if self.capabilities.context else ()

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        self.requests += requests
        return [self.hear(request) for request in requests]

    def close(self) -> None:
        self.closed = True
