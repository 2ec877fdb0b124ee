"""The command line: what it says when all is well, and the one line it says when not."""

import asyncio
import io
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from bot import process
from bot.cli import main
from bot.content.shipped import shipped_program
from bot.settings import Settings, SettingsWrong
from bot.wiring import open_tandem

PROGRAM, ROSTER = shipped_program("alcts-2017")


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the records of a test in its own folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tandem.sqlite3'}")
    return tmp_path


def tandem(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run a command as one types it; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["tandem", *arguments])
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


SMALL_PROGRAM = """\
key = "small"
name = "A small program"
zone = "America/New_York"
first_day = 2017-06-01
last_day = 2017-12-15
"""
SMALL_ROSTER = """\
kind,key,name,slack,email,zone,roles,mentor,mentee,liaison,rhythm,starts,ends
person,maya,Maya Okafor,U0MAYA,,America/Chicago,mentee,,,,,,
person,tom,Tom Lindqvist,U0TOM,,America/Chicago,mentor,,,,,,
pair,pair-1,,,,,,tom,maya,,weekly,,
"""


def small(folder: Path) -> tuple[str, str]:
    (folder / "program.toml").write_text(SMALL_PROGRAM)
    (folder / "roster.csv").write_text(SMALL_ROSTER)
    return str(folder / "program.toml"), str(folder / "roster.csv")


@pytest.mark.parametrize(
    "command", ["demo", "playground", "run", "load", "rehearse", "migrate", "backup", "restore", "doctor"]
)
def test_every_command_explains_itself(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem(monkeypatch, command, "--help") == 0
    assert f"tandem {command}" in capsys.readouterr().out


def test_loading_says_what_it_did_and_the_second_time_that_nothing_changed(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = small(own_database)

    assert tandem(monkeypatch, "load", *files) == 0
    assert "Maya Okafor" in capsys.readouterr().out
    assert tandem(monkeypatch, "load", *files) == 0
    assert capsys.readouterr().out == "Nothing has changed.\n"


def test_every_mistake_of_both_files_is_told_at_once_and_nothing_is_loaded(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program, roster = small(own_database)
    Path(program).write_text(SMALL_PROGRAM.replace("New_York", "New_Yorck"))
    Path(roster).write_text(SMALL_ROSTER.replace("weekly", "weakly").replace("mentee,,", "mentea,,"))

    assert tandem(monkeypatch, "load", program, roster) == 1
    said = capsys.readouterr().err.splitlines()

    assert any(line.startswith("program.toml:3:8: ") and "America/New_York" in line for line in said)
    assert any(line.startswith("roster.csv:2:") and '"mentee"' in line for line in said)
    assert any(line.startswith("roster.csv:4:") and "weekly" in line for line in said)
    assert not (own_database / "tandem.sqlite3").exists()


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert tandem(monkeypatch, "load", "nowhere.toml", "nowhere.csv") == 2
    assert capsys.readouterr().err == "nowhere.toml: no such file\n"


def test_a_design_without_its_roster_asks_for_it(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem(monkeypatch, "rehearse", small(own_database)[0]) == 2
    assert "Name the roster as well" in capsys.readouterr().err


def test_a_rehearsal_reads_as_one_object_a_line(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem(monkeypatch, "rehearse", *small(own_database), "--format", "jsonl") == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])

    assert set(first) == {"at", "local", "to", "roles", "pairs", "kinds", "slots", "phase", "text"}
    assert first["at"] == "2017-06-01T14:00:00Z"
    assert first["local"] == "2017-06-01T09:00:00-05:00"
    assert (first["to"], first["roles"], first["phase"]) == ("maya", ["mentee"], "planning")
    assert not (own_database / "tandem.sqlite3").exists()


def test_a_rehearsal_for_one_person_shows_theirs_alone(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = small(own_database)

    assert tandem(monkeypatch, "rehearse", *files, "--format", "jsonl", "--for", "Tom Lindqvist") == 0
    assert {json.loads(line)["to"] for line in capsys.readouterr().out.splitlines()} == {"tom"}
    assert tandem(monkeypatch, "rehearse", *files, "--for", "nobody") == 2
    assert '"nobody" is not in the roster' in capsys.readouterr().err


def test_migrating_twice_is_safe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert tandem(monkeypatch, "migrate") == 0
    assert tandem(monkeypatch, "migrate") == 0
    assert capsys.readouterr().out == "The database is up to date.\n" * 2


def test_after_a_restore_the_doctor_needs_a_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)

    assert tandem(monkeypatch, "doctor", "--after-restore") == 2
    assert "SLACK_BOT_TOKEN: missing." in capsys.readouterr().err


def test_the_doctor_finds_what_a_new_machine_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem(monkeypatch, "doctor") == 1
    said = capsys.readouterr().out

    assert "!!  Settings: Tandem has no Slack tokens yet" in said
    assert "!!  Database: not up to date; run `tandem migrate`." in said


def test_running_without_tokens_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem(monkeypatch, "run") == 2
    assert "manifest.yml" in capsys.readouterr().err


def test_a_wrong_setting_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "oracle:x")

    assert tandem(monkeypatch, "migrate") == 2
    assert capsys.readouterr().err == "DATABASE_URL: must begin with sqlite:/// or postgresql://\n"


def test_a_database_that_cannot_be_used_is_one_line(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_database / "tandem.sqlite3").write_text("these are no records, only a page of words\n" * 30)

    assert tandem(monkeypatch, "migrate") == 1
    assert capsys.readouterr().err == "The database cannot be used (file is not a database): check DATABASE_URL\n"


def test_a_port_that_there_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem(monkeypatch, "demo", "--no-browser", "--port", "99999") == 2
    assert "--port" in capsys.readouterr().err


def test_what_does_not_end_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    async def try_for_ever(_settings: Settings, _stop: asyncio.Event) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    monkeypatch.setattr(process, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")

    assert process.run_process(try_for_ever) == process.OK


def test_loading_while_slack_cannot_be_reached_is_one_line(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")

    assert tandem(monkeypatch, "load", *small(own_database)) == 2
    said = capsys.readouterr().err
    assert said.startswith("SLACK_API_URL: http://127.0.0.1:9/api/ cannot be reached")
    assert said.count("\n") == 1


def test_a_rehearsal_to_read_stands_under_each_one_s_own_day(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program, roster = small(own_database)
    Path(roster).write_text(SMALL_ROSTER.replace("U0MAYA,,America/Chicago", "U0MAYA,,Pacific/Guam"))

    assert tandem(monkeypatch, "rehearse", program, roster) == 0
    said = capsys.readouterr().out

    assert "May 31" not in said
    assert said.index("Thursday, June 1, 2017") < said.index("Maya Okafor · Thu 09:00 (ChST)")


def test_a_copy_is_made_and_put_back_after_a_yes(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tandem(monkeypatch, "load", *small(own_database))
    assert tandem(monkeypatch, "backup", "copy.sqlite3") == 0
    capsys.readouterr()

    assert tandem(monkeypatch, "restore", "copy.sqlite3", "--yes") == 0

    said = capsys.readouterr().out
    assert "The replaced ones are in" in said
    assert said.splitlines()[-1].startswith("Before you start Tandem, run `tandem doctor --after-restore`")
    assert tandem(monkeypatch, "doctor") == 1
    assert "nothing is sent (restored); run `tandem doctor --after-restore`" in capsys.readouterr().out
    assert tandem(monkeypatch, "load", *small(own_database)) == 0
    assert capsys.readouterr().out == "Nothing has changed.\n"


def test_without_a_yes_nothing_is_put_back(
    own_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tandem(monkeypatch, "migrate")
    tandem(monkeypatch, "backup", "copy.sqlite3")
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))

    assert tandem(monkeypatch, "restore", "copy.sqlite3") == 1

    assert "What is there now is set aside" in capsys.readouterr().out
    assert not [file.name for file in own_database.iterdir() if "before" in file.name or "restoring" in file.name]


def test_on_postgresql_its_own_tools_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@127.0.0.1:9/tandem")

    assert tandem(monkeypatch, "backup", "copy.dump") == 1
    assert tandem(monkeypatch, "restore", "copy.dump") == 1

    said = capsys.readouterr().err
    assert "pg_dump --format=custom --file=copy.dump" in said
    assert "pg_restore --clean" in said
    assert "secret" not in said


@pytest.mark.parametrize("command", ["migrate", "doctor"])
def test_a_database_that_cannot_be_reached_is_one_line(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@127.0.0.1:9/tandem")

    assert tandem(monkeypatch, command) == 1

    told = capsys.readouterr()
    assert "check DATABASE_URL" in told.out + told.err
    assert "secret" not in told.out + told.err


def test_a_process_that_finds_no_records_ends_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@127.0.0.1:9/tandem")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")

    assert tandem(monkeypatch, "run") == process.CRASHED

    said = capsys.readouterr().err
    assert "records_not_reached" in said
    assert said.count("\n") == 1


# -- prompts and activities of one's own -------------------------------------------------------------------------------


def own_content(folder: Path, prompt: str) -> str:
    (folder / "content" / "prompts").mkdir(parents=True)
    (folder / "content" / "prompts" / "planning.toml").write_text(prompt)
    return str(folder / "content")


def test_prompts_of_ones_own_are_checked_and_rehearsed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = own_content(tmp_path, '[[mentee]]\nkey = "hello"\ntext = "Wave to {partner}."\n')

    assert tandem(monkeypatch, "check-content", content) == 0
    assert capsys.readouterr().out.startswith("Read: prompts/planning.toml.\nAll is well: ")

    assert tandem(monkeypatch, "rehearse", *small(tmp_path), "--content", content) == 0
    assert "Wave to Tom." in capsys.readouterr().out


def test_a_bad_prompt_is_refused_with_file_line_and_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = own_content(tmp_path, '[[mentee]]\nkey = "hello"\ntext = "Wave."\nuntil = "agreement"\n')

    assert tandem(monkeypatch, "check-content", content) == 1
    assert capsys.readouterr().err.startswith('prompts/planning.toml:4:1: A prompt has no "until"')

    assert tandem(monkeypatch, "rehearse", *small(tmp_path), "--content", content) == 1
    assert "prompts/planning.toml:4:1:" in capsys.readouterr().err


async def test_tandem_does_not_start_with_a_bad_prompt(tmp_path: Path) -> None:
    content = own_content(tmp_path, "[[mentee]]\n")
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'records'}", tandem_content=Path(content))

    with pytest.raises(
        SettingsWrong, match=r"TANDEM_CONTENT: .* cannot be used\nprompts/planning\.toml:1:1: A prompt has a key"
    ):
        async with open_tandem(settings):
            pass
