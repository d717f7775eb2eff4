"""Settings: where a value comes from, what it is then, and what is refused in one sentence."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

import pytest

from voxport.cli.flags import environment_of
from voxport.core.errors import Misconfigured
from voxport.settings import SETTINGS, Settings, read_settings, revealed

SECRET = "postgresql://user:hidden@db/voxport"


def test_a_flag_wins_over_the_variable_and_the_variable_over_the_default() -> None:
    environ = {"VOXPORT_PORT": "8001", "VOXPORT_WORKERS": "3"}
    settings = read_settings(environ, {"port": "8002"})
    assert (settings.port, settings.workers, settings.max_channels) == (8002, 3, 16)
    assert settings.written == {"port": "8002", "workers": "3"}


def test_an_empty_value_is_none_at_all() -> None:
    settings = read_settings({"VOXPORT_PORT": "", "VOXPORT_STORE_URL": ""}, {"host": ""})
    assert (settings.port, settings.store_url, settings.host) == (8000, None, "127.0.0.1")
    assert settings.written == {}


def test_a_variable_in_other_letters_is_none_of_ours() -> None:
    settings = read_settings({"VOXPORT_PORT": "8001", "voxport_port": "8002", "voxport_workers": "3"})
    assert (settings.port, settings.workers) == (8001, 1)


def test_values_have_their_types() -> None:
    settings = read_settings(
        {
            "VOXPORT_ALLOW_NETWORKS": "10.0.0.0/8, ::1/128",
            "VOXPORT_DELIVERY_ROUNDS": "1,2.5",
            "VOXPORT_MODEL_DOWNLOAD": "Yes",
            "VOXPORT_QUEUES": "speech, fetch",
            "VOXPORT_DATA": "/srv/voxport",
            "VOXPORT_MODEL_LANGUAGES": "en, fr",
            "VOXPORT_GPUS": "1,0",
            "VOXPORT_ALLOW_ORIGINS": "HTTPS://Pages.Example.com:443, http://localhost:3000,http://[::1]:80,capacitor://localhost",
        }
    )
    assert settings.allow_networks == (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1/128"))
    assert settings.delivery_rounds == (1.0, 2.5)
    assert settings.model_download is True
    assert settings.queues == ("speech", "fetch")
    assert settings.data == Path("/srv/voxport")
    assert settings.model_languages == ("en", "fr")
    assert settings.gpus == (1, 0)
    assert settings.allow_origins == (
        "https://pages.example.com",
        "http://localhost:3000",
        "http://[::1]",
        "capacitor://localhost",
    )


def test_a_list_may_be_emptied() -> None:
    assert read_settings({"VOXPORT_DELIVERY_ROUNDS": ","}).delivery_rounds == ()


@pytest.mark.parametrize(
    ("environ", "flags", "sentence"),
    [
        ({"VOXPORT_PORT": "many"}, {}, "VOXPORT_PORT ('many') cannot be used: a port is a number from 1 to 65535."),
        ({}, {"port": "0"}, "--port ('0') cannot be used: a port is a number from 1 to 65535."),
        (
            {"VOXPORT_DRAIN_S": "nan"},
            {},
            "VOXPORT_DRAIN_S ('nan') cannot be used: expected a number of seconds above zero.",
        ),
        (
            {"VOXPORT_MODEL_LANGUAGES": "en-US"},
            {},
            "VOXPORT_MODEL_LANGUAGES ('en-US') cannot be used: expected codes of small letters, like en,fr.",
        ),
        (
            {"VOXPORT_GPUS": "0,0"},
            {},
            "VOXPORT_GPUS ('0,0') cannot be used: expected numbers of GPUs, each once, like 0,1.",
        ),
        ({"VOXPORT_DEVICE": "tpu"}, {}, "VOXPORT_DEVICE ('tpu') cannot be used: expected one of auto, cpu, cuda."),
        (
            {"VOXPORT_LOG_LEVEL": "loud", "VOXPORT_WORKERS": "-1"},
            {},
            "VOXPORT_WORKERS ('-1') cannot be used: expected a whole number that is not negative.",
        ),
        (
            {"VOXPORT_ALLOW_ORIGINS": "https://a.example,https://b.example/p"},
            {},
            "VOXPORT_ALLOW_ORIGINS ('https://a.example,https://b.example/p') cannot be used: https://b.example/p is "
            "no origin; expected one like https://pages.example.com or http://localhost:3000.",
        ),
        (
            {"VOXPORT_ALLOW_ORIGINS": "*,https://a.example"},
            {},
            "VOXPORT_ALLOW_ORIGINS ('*,https://a.example') cannot be used: "
            "expected origins, or * alone for every origin.",
        ),
        ({"VOXPORT_PROT": "1"}, {}, "There is no setting named VOXPORT_PROT; `voxport settings` lists them all."),
        ({}, {"prot": "1"}, "There is no setting named prot; `voxport settings` lists them all."),
    ],
)
def test_what_cannot_be_used_is_one_sentence(environ: dict[str, str], flags: dict[str, str], sentence: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        read_settings(environ, flags)
    assert str(refused.value) == sentence


def test_no_secret_is_shown() -> None:
    settings = read_settings(
        {"VOXPORT_DATABASE_URL": SECRET, "VOXPORT_SECRET_KEY": "c2VjcmV0", "VOXPORT_REMOTE_KEY": "sk-hidden"}
    )
    assert "hidden" not in repr(settings) + str(settings)
    assert "c2VjcmV0" not in repr(settings) + str(settings)
    assert revealed(settings.database_url) == SECRET
    assert {setting.key for setting in SETTINGS if setting.secret} == {
        "database_direct_url",
        "database_url",
        "metrics_token",
        "proxy",
        "remote_key",
        "secret_key",
    }


def test_no_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("VOXPORT_PORT=1\nPORT=1\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOXPORT_PORT", "2")
    assert read_settings({}).port == 8000


def test_a_child_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOXPORT_MODEL", "tiny.en")
    settings = read_settings(os.environ, {"database_url": SECRET, "delivery_rounds": ","})
    assert read_settings(environment_of(settings)) == settings


def test_every_setting_has_a_line_of_its_own() -> None:
    assert len(SETTINGS) == len(Settings.model_fields)
    for setting in SETTINGS:
        assert setting.help.endswith("."), setting.variable


def test_every_default_reads_back_as_it_is_written() -> None:
    written = {setting.variable: setting.default for setting in SETTINGS}
    assert read_settings(written).model_dump() == read_settings({}).model_dump()


@pytest.mark.parametrize("origin", ["null", "pages.example.com", "https://*.example.com", "file://", "https://a:0"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(Misconfigured, match="VOXPORT_ALLOW_ORIGINS"):
        read_settings({"VOXPORT_ALLOW_ORIGINS": origin})
