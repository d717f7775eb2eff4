"""Call plans and sections are stored data: what an older program left is read, and written again byte for byte."""

from __future__ import annotations

from voxport.core.transcript import Span, Word, WordKind
from voxport.speech.sections import (
    CallPlan,
    Section,
    load_plan,
    load_section,
    plan_digest,
    save_plan,
    save_section,
)
from voxport.speech.segmentation import Segment

ENGINE = "faster-whisper base int8"
STORED_PLAN = (
    b'{"engine":"faster-whisper base int8","language":"en-US","voices":[[{"start_ms":128,"end_ms":2560}],[]],'
    b'"peaks":[0.96875],"pieces":[{"channel":0,"start_ms":0,"end_ms":2800,"voice_start_ms":128,"voice_end_ms":2560}]}'
)
STORED_DIGEST = "d6c0522e06d72419cd553138765e5b6286d8140d7830907d4dabeba5cb18e319"
STORED_SECTION = (
    b'{"plan":"%s","words":[[{"text":"Go","start_ms":150,"end_ms":600,"confidence":0.5,"kind":"word","measured":true,'
    b'"voice":null},{"text":".","start_ms":600,"end_ms":600,"confidence":0.0,"kind":"punctuation","measured":true,'
    b'"voice":null}]]}'
)


class Stored(dict[str, bytes]):
    """A checkpoint in memory."""

    def load(self, name: str) -> bytes | None:
        return self.get(name)

    def save(self, name: str, data: bytes) -> None:
        self[name] = data


def test_a_plan_of_an_older_program_is_taken_over() -> None:
    plan = load_plan(Stored({"plan.json": STORED_PLAN}), ENGINE, "en-US")
    assert plan == CallPlan(ENGINE, "en-US", ((Span(128, 2560),), ()), (0.96875,), (Segment(0, 0, 2800, 128, 2560),))
    again = Stored()
    save_plan(again, plan)
    assert again["plan.json"] == STORED_PLAN


def test_a_section_of_an_older_program_is_taken_over() -> None:
    plan = load_plan(Stored({"plan.json": STORED_PLAN}), ENGINE, "en-US")
    assert plan is not None
    assert plan_digest(plan, ()) == STORED_DIGEST
    section = Section(0, (0,))
    stored = STORED_SECTION % STORED_DIGEST.encode()
    saved = load_section(Stored({section.name: stored}), section, STORED_DIGEST)
    assert saved is not None
    assert saved.words == ((Word("Go", 150, 600, 0.5), Word(".", 600, 600, 0.0, WordKind.PUNCTUATION)),)
    again = Stored()
    save_section(again, section, saved)
    assert again[section.name] == stored
