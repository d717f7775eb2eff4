"""The registry of findings: each field of `Findings` that analysis fills has one row."""

from __future__ import annotations

from dataclasses import fields

from voxport.analytics.registry import FINDINGS
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.findings import Findings

ELSEWHERE = {"detections", "covered", "categories"}
"""What redaction fills, and `workflow/categories.py`."""


def test_each_finding_has_one_row() -> None:
    names = [finding.name for finding in FINDINGS]
    assert sorted(names) == sorted({field.name for field in fields(Findings)} - ELSEWHERE)


def test_nothing_is_found_that_nobody_asked_for() -> None:
    assert not any(finding.is_asked(AnalyticsPlan()) for finding in FINDINGS)
