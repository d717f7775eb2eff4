"""Looks up what a configuration names, among what its organisation has saved."""

from __future__ import annotations

from voxport.core.definitions import DefinitionKind, group_from_json, vocabulary_from_json
from voxport.storage.tenant import Tenant
from voxport.wire.reading.saved_definitions import NamedDefinitions, SavedDefinitions


async def saved_definitions(tenant: Tenant, named: NamedDefinitions) -> SavedDefinitions:
    """Those of the names that there are; what is missing is for the wire to refuse."""
    vocabularies = await tenant.definitions_named(DefinitionKind.VOCABULARY, named.vocabularies)
    groups = await tenant.definitions_named(DefinitionKind.SPOTTING_GROUP, named.groups)
    return SavedDefinitions(
        {name: vocabulary_from_json(one.body) for name, one in vocabularies.items()},
        {name: group_from_json(one.body) for name, one in groups.items()},
    )
