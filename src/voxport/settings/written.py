"""How the values of settings are written; the ValueError of each reader is a sentence for the operator."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, SecretStr

from voxport.delivery.s3.keys import KeyTemplate

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
_PORTS = {"http": 80, "https": 443}


def written(read: Callable[[str], Any]) -> BeforeValidator:
    """A validator that reads text with `read` and leaves a value that is no text as it is."""
    return BeforeValidator(lambda value: read(value) if isinstance(value, str) else value)


def choice(*words: str) -> BeforeValidator:
    """A validator that takes one of `words`."""

    def read(value: str) -> str:
        if value not in words:
            raise ValueError(f"expected one of {', '.join(words)}")
        return value

    return written(read)


def words_of(value: str) -> tuple[str, ...]:
    """The parts between commas, without blanks around them and without empty ones."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def listing(known: tuple[str, ...], kind: str) -> BeforeValidator:
    """A validator that takes one or more of `known`, separated by commas; `kind` is their plural."""

    def read(value: str) -> tuple[str, ...]:
        chosen = words_of(value)
        if not chosen or not set(chosen) <= set(known):
            raise ValueError(f"expected {kind} out of {', '.join(known)}")
        return chosen

    return written(read)


def _switch(value: str) -> bool:
    word = value.strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise ValueError("expected true or false")
    return word in TRUE_WORDS


def _whole_number(value: str, *, least: int, sentence: str) -> int:
    try:
        number = int(value)
    except ValueError:
        raise ValueError(sentence) from None
    if number < least:
        raise ValueError(sentence)
    return number


def _count(value: str) -> int:
    return _whole_number(value, least=0, sentence="expected a whole number that is not negative")


def _positive(value: str) -> int:
    return _whole_number(value, least=1, sentence="expected a whole number above zero")


def _port(value: str) -> int:
    sentence = "a port is a number from 1 to 65535"
    number = _whole_number(value, least=1, sentence=sentence)
    if number > 65535:
        raise ValueError(sentence)
    return number


def _seconds(value: str) -> float:
    number = _number(value)
    if not 0 < number < float("inf"):
        raise ValueError("expected a number of seconds above zero")
    return number


def _share(value: str) -> float:
    number = _number(value)
    if not 0 <= number < 1:
        raise ValueError("expected a number from 0 to below 1")
    return number


def _connections(value: str) -> int:
    return _whole_number(value, least=12, sentence="expected a whole number, at least 12")


def _number(value: str) -> float:
    """Not a number for text that is none, which every range then refuses with its own sentence."""
    try:
        return float(value)
    except ValueError:
        return float("nan")


def _rising_seconds(value: str) -> tuple[float, ...]:
    rounds = tuple(_number(part) for part in words_of(value))
    if any(not 0 < second < float("inf") for second in rounds) or list(rounds) != sorted(set(rounds)):
        raise ValueError("expected rising numbers of seconds, separated by commas")
    return rounds


def _networks(value: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part) for part in words_of(value))


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("expected an address like https://voxport.example.com")
    return value.rstrip("/")


def _origins(value: str) -> tuple[str, ...]:
    """Origins as browsers write them (RFC 6454, section 6.2): small letters, no port that the scheme has anyway."""
    origins = tuple(part.lower() for part in words_of(value))
    if "*" in origins and len(origins) > 1:
        raise ValueError("expected origins, or * alone for every origin")
    return tuple(origin if origin == "*" else _origin(origin) for origin in origins)


def _origin(value: str) -> str:
    sentence = f"{value} is no origin; expected one like https://pages.example.com or http://localhost:3000"
    match = re.fullmatch(r"([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?", value)
    if match is None:
        raise ValueError(sentence)
    scheme, host, port = match.groups()
    number = None if port is None else _port(port)
    return f"{scheme}://{host}" if number in (None, _PORTS.get(scheme)) else f"{scheme}://{host}:{number}"


def _languages(value: str) -> tuple[str, ...]:
    codes = words_of(value)
    if any(re.fullmatch(r"[a-z]{2,3}", code) is None for code in codes):
        raise ValueError("expected codes of small letters, like en,fr")
    return codes


def _gpu_numbers(value: str) -> tuple[int, ...]:
    sentence = "expected numbers of GPUs, each once, like 0,1"
    numbers = tuple(_whole_number(part, least=0, sentence=sentence) for part in words_of(value))
    if not numbers or len(set(numbers)) < len(numbers):
        raise ValueError(sentence)
    return numbers


Switch = Annotated[bool, written(_switch)]
Count = Annotated[int, written(_count)]
Positive = Annotated[int, written(_positive)]
Connections = Annotated[int, written(_connections)]
Port = Annotated[int, written(_port)]
Seconds = Annotated[float, written(_seconds)]
Share = Annotated[float, written(_share)]
RisingSeconds = Annotated[tuple[float, ...], written(_rising_seconds)]
Networks = Annotated[tuple[Network, ...], written(_networks)]
Origins = Annotated[tuple[str, ...], written(_origins)]
Words = Annotated[tuple[str, ...], written(words_of)]
WebAddress = Annotated[str, written(_web_address)]
ObjectKeyTemplate = Annotated[KeyTemplate, written(KeyTemplate.read)]
Languages = Annotated[tuple[str, ...], written(_languages)]
GpuNumbers = Annotated[tuple[int, ...], written(_gpu_numbers)]
Device = Annotated[Literal["auto", "cpu", "cuda"], choice("auto", "cpu", "cuda")]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], choice("debug", "info", "warning", "error")]
LogFormat = Annotated[Literal["json", "console"], choice("json", "console")]


def revealed(secret: SecretStr | None) -> str | None:
    """A secret's text, for the one place that uses it; None for a secret that was not given."""
    return None if secret is None else secret.get_secret_value()
