"""What settings make of the stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from voxport.app.worker import workflow_options
from voxport.core.errors import Misconfigured
from voxport.settings import read_settings


def test_redaction_by_default() -> None:
    options = workflow_options(read_settings({}))
    assert options.check_redaction
    assert not options.erase_original
    assert options.profanity_words == ()


def test_redaction_as_it_was_set(tmp_path: Path) -> None:
    environ = {
        "VOXPORT_DATA": str(tmp_path),
        "VOXPORT_REDACTION_CHECK": "false",
        "VOXPORT_ERASE_ORIGINAL_AFTER_REDACTION": "true",
        "VOXPORT_PROFANITY_WORDS": "crikey, Gordon Bennett ,,",
    }
    options = workflow_options(read_settings(environ))
    assert not options.check_redaction
    assert options.erase_original
    assert options.profanity_words == ("crikey", "Gordon Bennett")
    assert options.scratch == tmp_path.resolve()


def test_a_switch_is_no_word() -> None:
    with pytest.raises(Misconfigured, match="VOXPORT_REDACTION_CHECK"):
        read_settings({"VOXPORT_REDACTION_CHECK": "perhaps"})
