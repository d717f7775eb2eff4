"""Which of two people is the agent and which the caller, by what they say: greetings, offers of help, questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from voxport.core.transcript import Word, WordKind
from voxport.speech.diarization.separation import Person

AGENT, CALLER = "Agent", "Caller"
_AGENT_SAYS = (
    "(thank you|thanks) for calling",
    "(how|what) (can|may|could) (i|we) (help|do|assist)",
    r"this is \w+ (with|from|at)",
    r"my name is \w+ (and )?how",
    "anything else (that )?(i|we) can",
    "(may|can) i (have|get) your",
    "(could|can) you (please )?(verify|confirm|spell)",
    "for security (reasons|purposes)",
    "i can help you with",
    "let me (check|look|pull)",
    "i( will|'ll) (transfer|connect) you",
    "your (account|policy|order) number",
    "customer (service|care|support)",
    "have a (great|nice|wonderful|good) day",
    "gracias por llamar",
    "en que (le )?puedo (ayudar|servir)",
    "le atiende",
    "algo mas en que",
    "me puede (dar|confirmar)",
)
_CALLER_SAYS = (
    "(i'm|i am|i was) calling (about|because|to|in)",
    "(i'd|i would) like to",
    "i (want|need) to",
    "i have a (question|problem)",
    "my (account|card|bill|order|policy|phone|address) (is|was|number is|has)",
    "i (lost|ordered|bought|received) (my|a|an|the)",
    "can you help me",
    "i was wondering",
    "quiero",
    "quisiera",
    "necesito",
    "llamo (para|porque|por)",
)
_CLEAR = 2.0
"""Points by which one has to be more of an agent than the other."""
_SAYS = 2.0
"""Points for each kind of phrase."""
_ASKS = 0.5
"""Points for a question; an agent asks more of them."""
_MOST_QUESTIONS = 6


def named_by_role(people: Sequence[Person]) -> list[Person]:
    """Two people as `Agent` and `Caller`; as they were where it is not clear, or where they are not two."""
    if len(people) != 2:
        return list(people)
    first, second = (_points(person.words) for person in people)
    if abs(first - second) < _CLEAR:
        return list(people)
    names = (AGENT, CALLER) if first > second else (CALLER, AGENT)
    return [replace(person, speaker=name) for person, name in zip(people, names, strict=True)]


def _points(words: Sequence[Word]) -> float:
    """How much what is said is that of an agent; below 0 for a caller."""
    text = " ".join(word.text for word in words if word.kind is WordKind.WORD).lower()
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    spoken = re.sub(r"[^\w' ]", "", plain)
    questions = sum(word.kind is WordKind.PUNCTUATION and word.text == "?" for word in words)
    said = _said(_AGENT_SAYS, spoken) - _said(_CALLER_SAYS, spoken)
    return _SAYS * said + _ASKS * min(questions, _MOST_QUESTIONS)


def _said(phrases: Sequence[str], spoken: str) -> int:
    return sum(re.search(rf"\b{phrase}\b", spoken) is not None for phrase in phrases)
