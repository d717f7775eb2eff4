"""docs/running.md: what its table says is seen is what the program says."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

from voxport.storage.postgres.names import TENANT_ROLE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")
TABLE = PAGE.partition("## What you see, why, what to do")[2].partition("\n## ")[0]
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| what you see")]
_GLUE = re.compile(r'"\s*\n\s*f?"')
SOURCE = "\n".join(_GLUE.sub("", path.read_text("utf-8")) for path in (ROOT / "src" / "voxport").rglob("*.py"))
SOURCE = SOURCE.replace("{TENANT_ROLE}", TENANT_ROLE)
RUN_BY = {
    "older version": "workflow/test_upgrades.py::test_every_call_of_an_earlier_version_ends_with_its_result",
    "What step ...": (
        "workflow/test_jobs.py::test_what_a_stage_works_on_and_is_gone_fails_the_media_with_a_way_on "
        "api/test_api_further_runs.py::test_a_media_that_failed_at_first_starts_again_from_its_recording"
    ),
    "stage in hand": "workflow/test_crashes.py::test_three_deaths_of_a_worker_fail_none_of_the_calls_in_its_hands",
    "Processing stopped": (
        "workflow/test_crashes.py::test_who_kills_alone_is_given_up_and_says_where "
        "api/test_api_further_runs.py::test_a_media_that_failed_at_first_starts_again_from_its_recording"
    ),
    "stage met a fault": "workflow/test_jobs.py::test_a_store_that_is_not_there_fails_no_call_however_long",
    "does not exist`; every upload": "api/test_api_operations.py::test_a_store_without_its_bucket",
    "refuses the credentials": "cli/test_doctor.py::test_a_store_that_cannot_be_used_is_told_in_a_sentence "
    "storage/test_blobs.py::test_what_a_store_refuses_is_told_without_its_words",
    "The disk of the object store": (
        "api/test_api_operations.py::test_what_fails_by_the_store_alone_makes_the_server_not_ready "
        "storage/test_database_refusals.py::test_a_full_disk_is_called_one"
    ),
    "takes no writes": "storage/test_database_refusals.py::test_a_database_that_takes_no_writes_is_a_fault",
    "has not the mark": (
        "api/test_api_operations.py::test_a_store_whose_volume_is_not_mounted "
        "storage/test_store_mark.py::test_doctor_and_an_operator_who_goes_on_without_it"
    ),
    "has nothing of them": "storage/test_store_mark.py::test_a_folder_of_an_earlier_version_shows_what_is_in_it",
    "with `does not answer`": "api/test_api_operations.py::test_a_database_that_is_away",
    "this machine's clock": (
        "workflow/test_gauges.py::test_a_clock_that_is_off_is_told_once "
        "cli/test_doctor.py::test_a_clock_that_is_off_is_worth_a_warning"
    ),
    "`/metrics` 401": "api/test_api_operations.py::test_metrics_may_want_a_token_and_are_read_once_for_all",
    "calls of one organisation": "workflow/test_shares.py::test_a_backlog_moves_beside_one_who_keeps_some_waiting",
    "turned away": "api/test_api_connections.py::test_a_newcomer_without_a_place_is_told_so_and_others_go_on",
    "no descriptor": "api/test_api_connections.py::test_running_out_of_descriptors_ends_nothing",
    "429 `Too": "api/test_api_limits.py::test_whoever_has_shown_a_valid_token_goes_on_beside_one_who_tries_wrong_ones",
    "429 `The": "api/test_api_limits.py::test_an_organisation_has_so_many_recordings_in_work",
    "put off": (
        "workflow/test_working_audio_bound.py::"
        "test_a_call_larger_than_the_bound_goes_through_alone_and_puts_others_off "
        "workflow/test_jobs.py::test_a_stage_without_room_comes_again"
    ),
    "rights of tenants": "storage/test_migrations.py::test_what_a_dump_does_not_carry_is_given_again",
    "leads to a pooler": (
        "app/test_pooler.py::test_a_pooler_of_transactions_alone_is_refused_in_a_sentence "
        "app/test_pooler.py::test_everything_works_by_a_pooler_of_transactions"
    ),
    "DIRECT_URL does not lead": (
        "app/test_pooler.py::test_a_direct_address_that_is_none_is_refused "
        "app/test_pooler.py::test_everything_works_by_a_pooler_of_transactions"
    ),
    "as many connections": "storage/test_database_refusals.py::test_a_server_that_is_full_of_connections_is_called_so",
    "make or take the role": "storage/test_database_refusals.py::test_a_role_is_told_what_it_lacks_step_by_step",
    "belong to another role": "storage/test_database_refusals.py::test_a_role_is_told_what_it_lacks_step_by_step",
    "is not empty": (
        "storage/test_transfer.py::test_a_database_that_is_not_empty_is_left_as_it_is "
        "workflow/test_upgrades.py::test_rows_of_an_earlier_version_move_to_another_server"
    ),
    "is not a whole file": (
        "storage/test_transfer.py::test_a_file_that_is_not_whole_changes_nothing "
        "workflow/test_upgrades.py::test_rows_of_an_earlier_version_move_to_another_server"
    ),
    "is not the one": (
        "storage/test_secret_key.py::test_a_worker_with_another_key_than_its_fellows_does_not_start "
        "storage/test_secret_key.py::test_a_lost_key_is_gone_on_without"
    ),
    "... is gone, and": "storage/test_secret_key.py::test_a_key_that_is_gone_is_not_made_again",
    "no longer has`": "storage/test_secret_key.py::test_a_lost_key_is_gone_on_without",
    "answers 404 (90001)": (
        "api/test_api_media.py::test_a_lost_transcript_is_said "
        "api/test_api_further_runs.py::test_a_finished_media_whose_transcript_is_gone_starts_again_from_its_recording"
    ),
    "refuses the connection": "storage/test_database_refusals.py::test_who_is_not_let_in_is_told_why",
    "The worker cannot start": (
        "cli/test_serve.py::test_a_worker_that_fails_is_started_again_until_it_is_shown_that_it_cannot_start"
    ),
    "no GPU is found": (
        "speech/engines/test_processors.py::test_without_a_gpu_the_cpu_is_taken_and_that_is_said "
        "speech/engines/test_processors.py::test_a_number_that_no_gpu_has_ends_the_start "
        "speech/engines/test_processors.py::test_a_gpu_without_the_libraries_is_told_before_a_call_needs_them "
        "cli/test_serve.py::test_a_start_whose_model_cannot_run_ends_with_a_sentence_and_begins_nothing"
    ),
    "model runs on the CPU": (
        "speech/engines/test_processors.py::test_without_a_gpu_the_cpu_is_taken_and_that_is_said "
        "cli/test_doctor.py::test_where_the_model_runs_is_told"
    ),
    "VOXPORT_COMPUTE_TYPE": (
        "speech/engines/test_processors.py::test_the_arithmetic_is_one_that_the_processors_can_do "
        "speech/test_models.py::test_what_can_be_had_is_known_by_a_look"
    ),
    "model folder": "speech/test_models.py::test_what_can_be_had_is_known_by_a_look",
    "VOXPORT_MODEL cannot": "speech/test_models.py::test_an_endpoint_that_will_not_serve_is_known_by_a_look",
    "endpoint does not answer yet": (
        "speech/engines/test_remote.py::test_a_pool_that_is_not_there_yet_is_waited_for "
        "speech/engines/test_remote.py::test_a_call_waits_with_what_it_has_and_goes_on"
    ),
    "nothing has moved": (
        "cli/test_doctor.py::test_categories_that_are_looked_for_in_past_calls_are_told "
        "workflow/test_category_applications.py::test_who_watches_sees_what_does_not_move"
    ),
    "failed within a day": (
        "cli/test_doctor.py::test_categories_that_are_looked_for_in_past_calls_are_told "
        "workflow/test_category_applications.py::test_calls_that_take_too_long_are_counted_and_passed_over"
    ),
    "a category could not": (
        "workflow/test_category_applications.py::test_a_fault_of_ours_ends_one_and_keeps_no_other_from_coming"
    ),
    "times in a row": (
        "cli/test_serve.py::test_a_worker_that_fails_is_started_again_until_it_is_shown_that_it_cannot_start"
    ),
    "exit 75": (
        "app/test_start_faults.py::test_a_full_disk_passes_and_rights_do_not "
        "storage/test_embedded.py::test_a_full_disk_is_told_and_passes"
    ),
    "waiting for the database": "cli/test_serve.py::test_a_start_says_what_it_waits_for_and_goes_on_when_it_is_there",
    "embedded database cannot": "cli/test_serve.py::test_a_database_of_ours_that_cannot_be_started_ends_nothing",
    "started again` with status": (
        "cli/test_serve.py::test_a_worker_that_fails_is_started_again_until_it_is_shown_that_it_cannot_start"
    ),
    "which this version of Voxport": (
        "storage/test_migrations.py::test_a_database_of_a_newer_version_is_refused "
        "workflow/test_upgrades.py::test_rows_of_an_earlier_version_move_to_another_server"
    ),
}
"""What makes happen what a row says is seen, and what it says to do, by words of the row; below tests/rooms."""
ELSEWHERE = {'role "voxport_tenant" does not exist', "No space left on device"}
"""What other programs say."""


@pytest.mark.parametrize("row", ROWS)
def test_what_is_seen_is_what_the_program_says(row: str) -> None:
    """Sentences in the first column; three dots stand for what differs."""
    seen = row.split(" | ")[0]
    for quoted in set(seen.split("`")[1::2]) - ELSEWHERE:
        if " " not in quoted or quoted.startswith("voxport "):
            continue
        for piece in quoted.split("..."):
            assert piece.strip(" ,.") in SOURCE, piece


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_run_by_a_test_that_says_what_is_seen(row: str) -> None:
    """In its own words, or by the name of a sentence of the program; several tests share the sentences of a row."""
    seen = row.split(" | ")[0]
    found = [tests for words, tests in RUN_BY.items() if words in seen]
    assert len(found) == 1, seen
    said = "\n".join(code_of(one) for one in found[0].split())
    for quoted in set(seen.split("`")[1::2]) - ELSEWHERE:
        if " " in quoted and not quoted.startswith("voxport "):
            for piece in quoted.split("..."):
                assert piece.strip(" ,.") in said, f"{found[0]} does not show {piece!r}"


def code_of(test: str) -> str:
    """What a test says, strings that are broken over lines as one, and the sentences that it names."""
    file, _, name = test.partition("::")
    module = importlib.import_module(f"tests.rooms.{file.removesuffix('.py').replace('/', '.')}")
    written = inspect.getsource(getattr(module, name))
    tree = ast.parse(written)
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    named = [getattr(module, node.id, None) for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return "\n".join([*texts, *(one for one in named if isinstance(one, str))])


def test_no_row_that_a_test_runs_was_lost() -> None:
    assert [words for words in RUN_BY if not any(words in row for row in ROWS)] == []


def logged() -> set[str]:
    """What the program writes into its log as a warning or an error."""
    found = set()
    for path in (ROOT / "src" / "voxport").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                said = node.args[0]
                of_log = node.func.attr in {"warning", "error", "exception"} and isinstance(node.func.value, ast.Name)
                if of_log and isinstance(said, ast.Constant) and isinstance(said.value, str):
                    found.add(said.value)
    return found


def test_every_warning_and_error_of_the_log_has_a_line() -> None:
    lines = logged()
    assert len(lines) > 30
    assert [line for line in sorted(lines) if f"`{line}`" not in PAGE and line not in TABLE] == []
    others = PAGE.partition("## Other lines of the log")[2].partition("\n## ")[0].partition("|---|---|")[2]
    told = [line for row in others.strip().splitlines() for line in row.split(" | ")[0].split("`")[1::2]]
    assert [line for line in told if line not in lines] == []
