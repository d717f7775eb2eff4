"""Golden statements: a few calls, and for each fact of the language a statement with the calls that it must find.

Made of docs/contract/v3-endpoints.md sections 4 and 7. `make bench search` counts them, a test demands each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Turns = Sequence[tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class GoldenCall:
    """A call: word n of all its turns begins at n half seconds, each half second of its length has a word."""

    turns: Turns
    metadata: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    language: str = "en-US"
    categories: Mapping[str, bool] = field(default_factory=dict)
    """Those that it was looked for in, and whether it is."""


CALLS: Mapping[str, GoldenCall] = {
    "refund": GoldenCall(
        (
            ("Agent", "Hello, thank you for calling Acme, how can I help you today?"),
            ("Caller", "I want a refund for my order, please."),
            ("Agent", "I am sorry to hear that. I can refund your order today."),
            ("Caller", "Thank you so much. Good bye."),
        ),
        {"title": "Refund of an order", "externalId": "R-1", "extended": {"customerId": "42", "score": 7}},
        {"agent-average-streak": 4.5, "overtalk-incidents": 0.0},
        categories={"refunds": True, "thanks": True},
    ),
    "cancel": GoldenCall(
        (
            ("Agent", "Thank you for calling, my name is Kate."),
            ("Caller", "I want to cancel my account now."),
            ("Agent", "May I ask why you want to cancel your account?"),
            ("Caller", "Your refunds never come. I am angry and I want to speak to a manager."),
        ),
        {"title": "Angry customer Frost", "externalId": "C-2", "extended": {"customerId": "43", "score": 12}},
        {"agent-average-streak": 0.0, "overtalk-incidents": 3.0},
        categories={"refunds": True, "thanks": False},
    ),
    "billing": GoldenCall(
        (
            ("Agent", "Billing department, good morning."),
            ("Caller", "Hello, I do not understand my bill, it says $45.99."),
            ("Agent", "Let me look. Your bill is correct, but I can offer you a discount."),
            ("Caller", "No, thank you."),
            ("Agent", "Anything else?"),
            ("Caller", "I'd like to pay by card, that is all."),
        ),
        {
            "title": "Question about a bill",
            "description": "The Frost family",
            "externalId": "B-3",
            "callDetails": {"callDirection": "inbound", "agent": {"fullName": "Ann Lee"}},
            "extended": {"customerId": "42", "tags": ["bill", "vip"]},
        },
        {"overtalk-incidents": 1.0},
    ),
    "mono": GoldenCall(
        ((None, "This is a voice mail. Please call me back about the refund of my ticket."),),
        {"extended": {"customerId": "44", "score": "high"}},
    ),
    "spanish": GoldenCall(
        (
            ("Agente", "Buenos días, ¿en qué puedo ayudarle?"),
            ("Cliente", "Quiero cancelar mi cuenta, por favor."),
        ),
        {"title": "Cancelación"},
        language="es-ES",
    ),
}

EVERY = tuple(CALLS)
STATEMENTS: Sequence[tuple[str, Sequence[str]]] = (
    # The frame.
    ("SELECT * FROM media", EVERY),
    ("SELECT * FROM media WHERE *", EVERY),
    ("select * from MEDIA where * SAYS 'refund'", ("refund", "mono")),
    ("SELECT * FROM media MATCH 'hello'", ("refund", "billing")),
    ("SELECT * FROM media MATCH 'cancel my account'", ("cancel",)),
    ('SELECT mediaId, hits() FROM media WHERE * SAYS "bill";', ("billing",)),
    ('SELECT *, hits() FROM media WHERE * SAYS "bill"', ("billing",)),
    ('SELECT HITS(), length FROM media WHERE * SAYS "bill"', ("billing",)),
    ('SELECT *, * FROM media WHERE * SAYS "bill"', "!"),
    ('SELECT HITS() FROM media WHERE * SAYS "kate"', ("cancel",)),
    # Who says it.
    ('SELECT * FROM media WHERE "Agent" SAYS "refund"', ("refund",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "refund"', ("refund",)),
    ('SELECT * FROM media WHERE "agent" says "REFUND"', ("refund",)),
    ("SELECT * FROM media WHERE 'Caller' SAYS 'thank you'", ("refund", "billing")),
    ('SELECT * FROM media WHERE "Agent" SAYS "good morning"', ("billing",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "good morning"', ()),
    ('SELECT * FROM media WHERE "Speaker" SAYS "voice mail"', ("mono",)),
    ('SELECT * FROM media WHERE "Nobody" SAYS "hello"', ()),
    ('SELECT * FROM media WHERE * SAYS "voice mail"', ("mono",)),
    ('SELECT * FROM media WHERE "*" SAYS "voice mail"', ("mono",)),
    ('SELECT * FROM media WHERE "Cliente" SAYS "cancelar mi cuenta"', ("spanish",)),
    # Phrases are whole words side by side in one turn; marks and letter case do not count.
    ('SELECT * FROM media WHERE * SAYS "fund"', ()),
    ('SELECT * FROM media WHERE * SAYS "account cancel"', ()),
    ('SELECT * FROM media WHERE * SAYS "order please"', ("refund",)),
    ('SELECT * FROM media WHERE * SAYS "please i am"', ()),
    ('SELECT * FROM media WHERE * SAYS "45.99"', ("billing",)),
    ('SELECT * FROM media WHERE * SAYS "I\'d like"', ("billing",)),
    ('SELECT * FROM media WHERE * SAYS "I\u2019d like"', ("billing",)),
    ('SELECT * FROM media WHERE * SAYS "buenos d\u00edas"', ("spanish",)),
    # Beginnings of words.
    ('SELECT * FROM media WHERE * SAYS "refund*"', ("refund", "cancel", "mono")),
    ('SELECT * FROM media WHERE "Caller" SAYS "your refund*"', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS "cancel* m*"', "!"),
    ('SELECT * FROM media WHERE * SAYS "canc* my"', ("cancel",)),
    # Words between.
    ('SELECT * FROM media WHERE * SAYS "cancel account"', ()),
    ('SELECT * FROM media WHERE * SAYS "cancel account"/1', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS "want account"/2', ()),
    ('SELECT * FROM media WHERE * SAYS "want account"/3', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS "refund order" SLOP 1', ("refund",)),
    ('SELECT * FROM media WHERE * SAYS "want cancel account"/1', ()),
    ('SELECT * FROM media WHERE * SAYS "want cancel account"/2', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS "refund* come"/1', ("cancel",)),
    # Time.
    ('SELECT * FROM media WHERE * SAYS "hello" [0s,1s]', ("refund", "billing")[:1]),
    ('SELECT * FROM media WHERE * SAYS "hello" [0s,3s]', ("refund", "billing")),
    ('SELECT * FROM media WHERE "Caller" SAYS "manager" [-2s,]', ("cancel",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "manager" [,10s]', ()),
    ('SELECT * FROM media WHERE * SAYS "thank you" [-4s,]', ("refund",)),
    ('SELECT * FROM media WHERE * SAYS ("hello" OR "morning") [,1500ms]', ("refund", "billing")),
    ('SELECT * FROM media WHERE * SAYS ("refund" && "order") [10s,20s]', ("refund",)),
    # The whole call.
    ('SELECT * FROM media WHERE "Agent" SAYS "hello" AND "Caller" SAYS "refund"', ("refund",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "refund" OR "cancel"', ("refund", "cancel")),
    ('SELECT * FROM media WHERE "Caller" SAYS "want" AND "manager"', ("cancel",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "thank you" AND NOT "refund"', ("billing",)),
    ('SELECT * FROM media WHERE * SAYS "refund" AND NOT "Agent" SAYS "refund"', ("mono",)),
    ('SELECT * FROM media WHERE NOT * SAYS "you"', ("mono", "spanish")),
    ('SELECT * FROM media WHERE * SAYS ("bill" OR "refund") AND "Agent" SAYS "discount"', ("billing",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "want" OR "pay" AND wordCount > 40', ("billing",)),
    # One turn.
    ('SELECT * FROM media WHERE "Caller" SAYS ("want" && "refund")', ("refund",)),
    ('SELECT * FROM media WHERE "Caller" SAYS ("want" && "thank you")', ()),
    ('SELECT * FROM media WHERE "Caller" SAYS ("refund" || "pay")', ("refund", "billing")),
    ('SELECT * FROM media WHERE "Caller" SAYS ("want" && !"refund")', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS ("order" && ("today" || "please") && !"sorry")', ("refund",)),
    # Fields of the call.
    ("SELECT * FROM media WHERE wordCount > 40", ("billing",)),
    ("SELECT * FROM media WHERE length <= 7500", ("mono", "spanish")),
    ("SELECT * FROM media WHERE transitions = 5", ("billing",)),
    ("SELECT * FROM media WHERE interactionType = 'speech'", EVERY),
    ("SELECT * FROM media WHERE interactionType = 'chat'", ()),
    ("SELECT * FROM media WHERE dateCreated > '2001-01-01' AND language = 'es-ES'", ("spanish",)),
    ("SELECT * FROM media WHERE dateCreated < '2001-01-01T00:00:00Z'", ()),
    ("SELECT * FROM media WHERE mediaId = '00000000-0000-0000-0000-000000000000'", ()),
    # Metadata and metrics.
    ('SELECT * FROM media WHERE metadata.customerId = "42"', ("refund", "billing")),
    ("SELECT * FROM media WHERE metadata:customerId = '42'", ("refund", "billing")),
    ("SELECT * FROM media WHERE metadata.extended.customerId = '43'", ("cancel",)),
    ("SELECT * FROM media WHERE metadata:score > 7", ("cancel",)),
    ("SELECT * FROM media WHERE metadata:score >= 7 AND metadata:score < 12", ("refund",)),
    ("SELECT * FROM media WHERE metadata.score != 7 AND * SAYS 'refund'", ("mono",)),
    ("SELECT * FROM media WHERE metadata.tags = 'vip'", ("billing",)),
    ("SELECT * FROM media WHERE metadata.callDetails.callDirection = 'inbound'", ("billing",)),
    ("SELECT * FROM media WHERE metadata.externalId = 'C-2'", ("cancel",)),
    ("SELECT * FROM media WHERE externalId = 'R-1' OR title = 'Cancelaci\u00f3n'", ("refund", "spanish")),
    ('SELECT * FROM media WHERE metrics:"agent-average-streak" > 0', ("refund",)),
    ('SELECT * FROM media WHERE metrics:"overtalk-incidents" >= 1 AND * SAYS "you"', ("cancel", "billing")),
    ("SELECT * FROM media WHERE NOT metrics.overtalk-incidents > 0", ("refund", "mono", "spanish")),
    # Categories.
    ("SELECT * FROM media WHERE categories.refunds = 1", ("refund", "cancel")),
    ('SELECT * FROM media WHERE categories:"thanks" = 0', ("cancel",)),
    ('SELECT * FROM media WHERE NOT categories.thanks = 1 AND * SAYS "refund"', ("mono",)),
    # Windows begin or end anywhere, and hold for a turn that goes beyond them.
    ('SELECT * FROM media WHERE "Caller" SAYS "want" [,5s]', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS "want" [5s,7s]', ("refund",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "want to" [4500ms,5s]', ("cancel",)),
    ('SELECT * FROM media WHERE "Caller" SAYS "want to" [4600ms,5s]', ()),
    ('SELECT hits() FROM media WHERE * SAYS "cancel" [0s,]', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS "hello" [,-1000s]', ()),
    # Conditions of every kind together.
    ('SELECT * FROM media WHERE "Speaker" SAYS ("refund" && "ticket")', ("mono",)),
    ("SELECT * FROM media WHERE (* SAYS 'refund' OR * SAYS 'bill') AND NOT metadata.customerId = '42'", ("mono",)),
    ('SELECT * FROM media WHERE * SAYS "refund my ticket" OR * SAYS "speak to a manager"', ("cancel",)),
    ('SELECT * FROM media WHERE * SAYS "want"/3', ("refund", "cancel")),
    ('SELECT * FROM media WHERE "Caller" SAYS "i want * account"/2', "!"),
    ('SELECT * FROM media WHERE "Caller" SAYS "i* w* account"/3', "!"),
    ('SELECT * FROM media WHERE "Caller" SAYS "wan* acc*"/3', ("cancel",)),
    ("SELECT title FROM media WHERE externalId != 'R-1'", ("cancel", "billing", "mono", "spanish")),
    ("SELECT * FROM media WHERE mediaId != '00000000-0000-0000-0000-000000000000'", EVERY),
    ("SELECT * FROM media WHERE dateCreated >= '2001-01-01T00:00:00.000Z'", EVERY),
    ("SELECT * FROM media WHERE metadata.score = '7'", ("refund",)),
    ("SELECT * FROM media WHERE metadata:extended.customerId = '44'", ("mono",)),
    # What is wrong.
    ("SELECT * FROM media WHERE wordcount > 3", "!"),
    ('SELECT * FROM media WHERE * SAYS "*fund"', "!"),
    ('SELECT * FROM media WHERE * SAYS "re*nd"', "!"),
    ('SELECT * FROM media WHERE * SAYS "refund*, my"', ()),
    ("SELECT * FROM media WHERE * SAYS 'refund' 'bill'", "!"),
    ('SELECT * FROM media WHERE "refund"', "!"),
    ('SELECT * FROM media WHERE "refund" && "bill"', "!"),
    ('SELECT * FROM media WHERE * SAYS "refund order" SLOP 11', "!"),
    ('SELECT * FROM media WHERE * SAYS "thank you" [10s,5s]', "!"),
    # Values are values, whatever stands in them.
    ("SELECT * FROM media WHERE metadata.title = \"x' OR '1'='1\"", ()),
    ("SELECT * FROM media WHERE * SAYS \"refund' | 'bill\"", ()),
    ('SELECT * FROM media WHERE * SAYS "order \\\\ please %" ', ("refund",)),
)
"""A statement and the names of the calls it finds; `!`: it is refused."""

ORDERED: Sequence[tuple[str, Sequence[str]]] = (
    ("SELECT * FROM media ORDER BY wordCount DESC LIMIT 2", ("billing", "cancel")),
    ("SELECT * FROM media ORDER BY wordCount ASC LIMIT 1", ("spanish",)),
    ("SELECT * FROM media WHERE * SAYS 'you' ORDER BY dateCreated ASC", ("refund", "cancel", "billing")),
    ("SELECT * FROM media WHERE * SAYS 'you' ORDER BY dateCreated DESC LIMIT 1 OFFSET 1", ("cancel",)),
    (
        "SELECT * FROM media WHERE * SAYS 'you' ORDER BY metrics:\"overtalk-incidents\" DESC",
        ("cancel", "billing", "refund"),
    ),
    ("SELECT * FROM media WHERE * SAYS 'you'", ("billing", "cancel", "refund")),
)
"""A statement and the calls it finds, in order."""

WORDS: Sequence[tuple[str, Sequence[str]]] = (
    ("refund", ("refund", "cancel", "mono")),
    ("refunds", ("refund", "cancel", "mono")),
    ("cancelling account", ("cancel",)),
    ("Frost", ("cancel", "billing")),
    ("title:Frost", ("cancel",)),
    ("description:frost", ("billing",)),
    ('"cancel my account"', ("cancel",)),
    ('"account my cancel"', ()),
    ("manager OR discount", ("cancel", "billing")),
    ('"cancel my account" OR bill', ("cancel", "billing")),
    ('title:"angry customer" refund', ("cancel",)),
    ("cuentas", ("spanish",)),
    ("cancelaron", ("spanish",)),
    ('"good morning" OR "speak to a manager"', ("cancel", "billing")),
    ('title:"refund of"', ("refund",)),
    ("TITLE:frost", ("cancel",)),
    ("45.99", ("billing",)),
    ("the", ("mono", "billing")),
)
"""Plain words and the calls they find."""
