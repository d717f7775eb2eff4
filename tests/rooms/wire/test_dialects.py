"""The table of dialects is complete: nobody else decides by the name of one."""

from __future__ import annotations

from dataclasses import replace

from voxport.api.routes import shared_routes
from voxport.core.plan import Dialect
from voxport.wire.dialects import DIALECTS, V2_BETA, V3, dialect_at


def test_every_dialect_has_a_row_and_paths_of_its_own() -> None:
    assert set(DIALECTS) == set(Dialect)
    assert all(row.name is name for name, row in DIALECTS.items())
    roots = [row.root for row in DIALECTS.values()]
    assert len(set(roots)) == len(roots)
    for row in DIALECTS.values():
        for path in (row.groups.path, row.vocabularies.path, row.search_path, *row.specifications):
            assert path.startswith(f"{row.root}/")
        newer, older = (made()[:40] for made in row.specifications.values())
        assert b"openapi: 3.0.3" in newer
        assert b"swagger: '2.0'" in older


def test_a_dialect_of_another_root_is_served_there_alone() -> None:
    """What a third dialect needs of the API is its row."""
    groups = replace(V3.groups, path="/v9/groups")
    vocabularies = replace(V3.vocabularies, path="/v9/vocabularies")
    keys = replace(V3.keys, path="/v9/keys")
    made = {"/v9/spec.yaml": bytes, "/v9/swagger.yaml": bytes}
    row = replace(V3, root="/v9", groups=groups, vocabularies=vocabularies, keys=keys, specifications=made)
    row = replace(row, search_path="/v9/search")
    paths = [route.path for route in shared_routes(row)]
    assert len(paths) == len(shared_routes(V3)) > 10
    assert all(path.startswith("/v9/") for path in paths)


def test_the_dialect_of_an_address_is_the_one_below_whose_root_it_lies() -> None:
    assert dialect_at("/v2-beta") is dialect_at("/v2-beta/media/7") is V2_BETA
    assert dialect_at("/v3/media") is dialect_at("/healthz") is dialect_at("/v2-betamax") is V3
