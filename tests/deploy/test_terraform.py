"""The Terraform of a customer's role: whole as HCL, and its policies are those that `voxport s3 policy` prints."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from string import Template
from uuid import UUID

import hcl2
import pytest

from tests.support.deploy import DEPLOY
from voxport.delivery.s3.policies import PREFIX, permission_policy, trust_policy

MODULE = DEPLOY / "terraform" / "delivery-role"
SOURCES = {path.name: path.read_text("utf-8") for path in MODULE.glob("*.tf")}
ORGANIZATION = UUID("7d2fd7a4-2e0f-4a0c-9c33-0a6ea2cd9f0b")


def filled(template: str, **values: str) -> object:
    """As Terraform's `templatefile`; a value that the template does not know, or lacks, is an error there too."""
    text = (MODULE / template).read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)\}", text)) <= values.keys()
    return json.loads(Template(text).substitute(values))


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_it_is_hcl(name: str) -> None:
    assert hcl2.loads(SOURCES[name])


def test_every_variable_is_declared_and_used() -> None:
    text = "\n".join(SOURCES.values())
    declared = set(re.findall(r'^variable "(\w+)"', text, flags=re.M))
    assert set(re.findall(r"\bvar\.(\w+)", SOURCES["main.tf"])) == declared


def test_the_templates_get_what_they_name() -> None:
    main = SOURCES["main.tf"]
    given = [
        set(re.findall(r"^ +(\w+) += ", block, flags=re.M)) for block in re.findall(r"tftpl\", \{(.*?)\}", main, re.S)
    ]
    given += [
        set(re.findall(r"^ +(\w+) += ", block, flags=re.M))
        for block in re.findall(r"local\.permission\}\", \{(.*?)\}", main, re.S)
    ]
    assert given == [{"partition", "account", "external_id"}, {"partition", "bucket", "prefix"}]
    assert sorted(re.findall(r"[\w-]+\.json\.tftpl", main)) == sorted(path.name for path in MODULE.glob("*.tftpl"))


@pytest.mark.parametrize("partition", ["aws", "aws-us-gov"])
def test_its_policies_are_those_of_the_program(partition: str) -> None:
    trusted = filled("trust.json.tftpl", partition=partition, account="111122223333", external_id=str(ORGANIZATION))
    assert trusted == trust_policy("111122223333", ORGANIZATION, partition)
    bucket = {"partition": partition, "bucket": "calls", "prefix": ""}
    assert filled("permission.json.tftpl", **bucket) == permission_policy("calls", "", partition)
    below = {**bucket, "prefix": "voicebase-output"}
    allowed = filled("permission-below-prefix.json.tftpl", **below)
    assert allowed == permission_policy("calls", "voicebase-output", partition)


def test_a_role_below_a_prefix_sees_no_folder_beside_it() -> None:
    """Neither names nor bytes; and nothing that the program refuses in a prefix passes the module."""
    listing, acting = permission_policy("calls", "acme")["Statement"]
    listed = listing["Condition"]["StringLike"]["s3:prefix"]
    for asked, allowed in {"acme/": True, "acme/2031/": True, "acme": False, "acme-other/": False, "": False}.items():
        assert any(fnmatchcase(asked, pattern) for pattern in listed) is allowed, asked
    assert not any(fnmatchcase("arn:aws:s3:::calls/acme-other/x", pattern) for pattern in acting["Resource"])
    assert f'regex("^{PREFIX.pattern}$"' in SOURCES["variables.tf"].replace("\\\\", "\\").replace('\\"', '"')
