"""A configuration names what was saved; here the saved things take the place of their names in the plan.

Which names there are comes with the parsed configuration; the API looks them up, this decides and refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from voxport.core.analytics_plan import SpottingPlan
from voxport.core.classifiers import Classifier
from voxport.core.codes import Code
from voxport.core.definitions import Category, SpottingGroup, Vocabulary
from voxport.core.plan import Plan
from voxport.core.public_keys import EncryptionPlan, PublicKey
from voxport.wire.reading.categories import category_plans
from voxport.wire.reading.classifiers import classifier_plans
from voxport.wire.reading.configuration import ParsedConfiguration
from voxport.wire.reading.definitions import MAX_PHRASES
from voxport.wire.reading.documents import CONFIGURATION
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.names import Name, Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.vocabularies import check_together

_PUBLIC_KEY_ID: Path = ("encryption", "publicKeyId")


@dataclass(frozen=True, slots=True)
class SavedDefinitions:
    """What the organisation has of what a configuration names."""

    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)
    """By name."""
    groups: Mapping[str, SpottingGroup] = field(default_factory=dict)
    """By name."""
    public_key: PublicKey | None = None
    """None: there is none of that id."""
    classifiers: Mapping[str, Classifier] = field(default_factory=dict)
    """All of them by name, where one is asked for."""
    categories: Mapping[str, Category] = field(default_factory=dict)
    """By name; all of them where all are asked for."""


def complete_plan(parsed: ParsedConfiguration, saved: SavedDefinitions) -> Plan:
    """The plan with all that was named; raises RequestRefused (10007, 20008-20013, 20017, 20101, 40005, 40006)."""
    refusals = Refusals(parsed.wording, CONFIGURATION)
    plan, named = parsed.plan, parsed.named
    vocabularies = _vocabularies(named.vocabularies, saved.vocabularies, refusals)
    groups = _groups(named.groups, saved.groups, refusals)
    terms = (*plan.vocabulary, *(term for one in vocabularies for term in one.terms))
    scripts = (*plan.scripts, *(script for one in vocabularies for script in one.scripts))
    check_together([term.term for term in terms], scripts, refusals)
    encryption = _encryption(named.public_key, saved.public_key, refusals)
    classifiers = classifier_plans(named.classifiers, saved.classifiers, plan.speech.language, refusals)
    categories = category_plans(named.categories, saved.categories, refusals)
    refusals.refuse_if_any()
    spotting = (*plan.analytics.spotting, *groups)
    analytics = replace(plan.analytics, spotting=spotting, classifiers=classifiers, categories=categories)
    return replace(plan, vocabulary=terms, scripts=scripts, analytics=analytics, encryption=encryption)


def _encryption(key_id: UUID | None, key: PublicKey | None, refusals: Refusals) -> EncryptionPlan | None:
    if key_id is None:
        return None
    if key is None:
        refusals.unreadable(_PUBLIC_KEY_ID, "the id of a public key of this account (GET /v3/security/public-keys)")
        return None
    if key.expires is not None and key.expires <= datetime.now(UTC):
        refusals.unreadable(
            _PUBLIC_KEY_ID, f"the id of a key that is still good; this one expired {key.expires:%Y-%m-%d}"
        )
    return EncryptionPlan(key.id, key.hash)


def _vocabularies(names: Sequence[str], saved: Mapping[str, Vocabulary], refusals: Refusals) -> list[Vocabulary]:
    found = []
    for name in names:
        if name not in saved:
            refusals.add(Code.VOCABULARY_NOT_FOUND, name=clip(name))
        elif not saved[name].terms and not saved[name].scripts:
            refusals.add(Code.VOCABULARY_EMPTY, name=clip(name))
        else:
            found.append(saved[name])
    return found


def _groups(names: Sequence[str], saved: Mapping[str, SpottingGroup], refusals: Refusals) -> list[SpottingPlan]:
    found = []
    for name in names:
        if name not in saved:
            refusals.add(Code.SPOTTING_GROUP_NOT_FOUND, group=clip(name))
        elif not saved[name].keywords:
            refusals.add(Code.SPOTTING_GROUP_EMPTY, group=clip(name))
        else:
            # A phrase that was written twice is listened for once.
            found.append(SpottingPlan(name, tuple(dict.fromkeys(saved[name].keywords))))
    # They become part of the recording, and are listened for in seconds.
    if sum(len(group.keywords) for group in found) > MAX_PHRASES:
        refusals.unreadable((Name.SPOTTING_GROUPS,), f"groups of at most {MAX_PHRASES} phrases together")
    return found
