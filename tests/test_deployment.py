"""Dockerfile, compose.yml and the systemd unit are true, though no engine runs here: held against the code."""

import ast
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.process import LAST_SECONDS, WRONG_SETTINGS
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
RUNBOOK = ROOT / "scheduler" / "README.md"
SETTINGS = {name.upper() for name in Settings.model_fields}
OURS = ("migrate", "bot", "scheduler")
Instruction = tuple[str, str]


def dockerfile() -> list[Instruction]:
    """Return the instructions of the Dockerfile with their arguments, in order; continued lines are one."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in whole.splitlines()) if name]


def all_of(name: str) -> list[str]:
    return [arguments for instruction, arguments in dockerfile() if instruction == name]


def environment_of_the_image() -> dict[str, str]:
    return dict(word.split("=", 1) for word in shlex.split(" ".join(all_of("ENV"))))


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yml").read_text())
    return loaded


def setting_of(variable: str) -> str:
    return variable.removesuffix("_FILE")


def module_exists(command: list[str]) -> bool:
    """Tell whether what `python -m` is to run is there."""
    path = ROOT / command[command.index("-m") + 1].replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()


def seconds(text: str) -> float:
    return float(text.removesuffix("s"))


# -- the image --------------------------------------------------------------------------------------------------------


def test_the_image_begins_with_images_of_a_stated_version_that_is_new_enough() -> None:
    images = [arguments.split()[0] for arguments in all_of("FROM")]

    assert [re.fullmatch(r"python:3\.(\d+)-slim", image) is not None for image in images] == [True, True]
    assert len(set(images)) == 1


def test_all_that_is_copied_is_there_and_is_let_in() -> None:
    allowed = {
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    copied = [source for line in all_of("COPY") if not line.startswith("--from") for source in line.split()[:-1]]

    assert set(copied) == allowed
    assert [source for source in copied if not (ROOT / source).exists()] == []


def test_nothing_but_what_is_named_is_let_in_so_no_secret_can_be() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]

    assert rules[0] == "*"
    assert "secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_only_what_is_locked_is_installed() -> None:
    installs = [line for line in all_of("RUN") if "install" in line and "pip" in line]

    assert len(installs) == 1
    assert "--require-hashes -r /tmp/requirements.txt" in installs[0]
    assert "--hash=sha256:" in (ROOT / "requirements.txt").read_text()


def test_it_does_not_run_as_root() -> None:
    [user] = all_of("USER")

    assert f"--uid {user} " in " ".join(all_of("RUN"))
    assert int(user) > 0
    assert [name for name, _ in dockerfile()].index("USER") < [name for name, _ in dockerfile()].index("CMD")


def test_its_environment_is_of_tandem_s_settings_and_holds_no_secret() -> None:
    environment = environment_of_the_image()
    ours = {name for name in environment if name.startswith(("TANDEM_", "SLACK_", "LOG_", "DATABASE_"))}

    assert ours <= SETTINGS
    assert {setting for setting in ours if "TOKEN" in setting or "SECRET" in setting or setting == "DATABASE_URL"} == (
        set()
    )


def test_its_ports_are_those_that_the_settings_name() -> None:
    [exposed] = all_of("EXPOSE")

    assert exposed.split() == [
        str(Settings.model_fields["tandem_port"].default),
        environment_of_the_image()["TANDEM_OPERATOR_PORT"],
    ]


def test_its_health_is_asked_at_the_operator_s_port_in_words_that_python_understands() -> None:
    [check] = all_of("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])

    ast.parse(command[2])
    assert "TANDEM_OPERATOR_PORT" in command[2]
    assert "/healthz'" in command[2]


def test_what_it_runs_exists() -> None:
    [command] = all_of("CMD")

    assert module_exists(json.loads(command))


# -- compose ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OURS)
def test_a_service_s_variables_are_settings_and_its_secrets_come_from_files(name: str) -> None:
    service = compose()["services"][name]
    files = {variable: value for variable, value in service["environment"].items() if variable.endswith("_FILE")}

    assert {setting_of(variable) for variable in service["environment"]} <= SETTINGS
    assert set(files) == {"SLACK_BOT_TOKEN_FILE", "SLACK_APP_TOKEN_FILE", "DATABASE_URL_FILE"}
    assert {Path(path).name for path in files.values()} == set(service["secrets"])
    assert set(service["secrets"]) <= set(compose()["secrets"])
    assert setting_of("DATABASE_URL_FILE") not in environment_of_the_image()  # it would win over the file


@pytest.mark.parametrize("name", OURS)
def test_a_service_may_do_no_more_than_it_must_and_has_time_to_end(name: str) -> None:
    service = compose()["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert seconds(service["stop_grace_period"]) > LAST_SECONDS
    assert "ports" not in service
    assert module_exists(service["command"])


def test_the_migration_runs_once_before_all_others_and_after_the_database_is_there() -> None:
    services = compose()["services"]

    assert services["migrate"]["restart"] == "no"
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in services["database"]["healthcheck"]["test"]
    for name in ("bot", "scheduler"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
        assert services[name]["restart"] == "unless-stopped"


def test_there_are_one_bot_and_two_schedulers_with_the_same_operator_s_port_as_the_image() -> None:
    services = compose()["services"]

    assert "deploy" not in services["bot"]
    assert services["scheduler"]["deploy"]["replicas"] == 2
    for name in ("bot", "scheduler"):
        port = services[name]["environment"]["TANDEM_OPERATOR_PORT"]
        assert port == environment_of_the_image()["TANDEM_OPERATOR_PORT"]


def test_the_database_is_of_a_version_that_tandem_knows_and_its_password_is_in_a_file() -> None:
    database = compose()["services"]["database"]

    assert int(re.fullmatch(r"postgres:(\d+)-alpine", database["image"])[1]) >= 14  # type: ignore[index]
    assert "POSTGRES_PASSWORD" not in database["environment"]
    assert "ports" not in database


def test_every_secret_that_is_defined_is_used() -> None:
    loaded = compose()
    used = {secret for service in loaded["services"].values() for secret in service.get("secrets", [])}

    assert used == set(loaded["secrets"])


# -- systemd ----------------------------------------------------------------------------------------------------------


def unit() -> dict[str, list[str]]:
    """Return what the runbook's unit says, by key."""
    found = re.search(r"```ini\n(.*?)```", RUNBOOK.read_text(), re.DOTALL)
    assert found is not None
    said: dict[str, list[str]] = {}
    for line in found[1].splitlines():
        name, equals, value = line.partition("=")
        if equals:
            said.setdefault(name, []).append(value)
    return said


def test_the_unit_starts_it_anew_except_where_a_setting_is_wrong_and_gives_it_time_to_end() -> None:
    said = unit()

    assert said["Restart"] == ["always"]
    assert said["RestartPreventExitStatus"] == [str(WRONG_SETTINGS)]
    assert said["StartLimitIntervalSec"] == ["0"]  # else it stays down after five tries, in an outage of Slack's
    assert float(said["TimeoutStopSec"][0]) > LAST_SECONDS


def test_the_unit_s_variables_are_settings_and_its_secrets_come_from_files() -> None:
    variables = dict(assignment.split("=", 1) for assignment in unit()["Environment"])

    assert {setting_of(variable) for variable in variables} <= SETTINGS
    for variable, value in variables.items():
        assert "TOKEN" not in variable or (variable.endswith("_FILE") and value.startswith("%d/"))


# -- the runbook ------------------------------------------------------------------------------------------------------


def test_the_runbook_names_every_figure() -> None:
    from bot.operating.figures import Facts, Figures
    from bot.operating.signs import Signs
    from bot.stopping import Stopping

    page = Figures(Signs(Stopping())).page(Facts(0, 0, 0.0)).decode()
    told = set(re.findall(r"^# TYPE (tandem_\w+)", page, re.MULTILINE))

    assert set(re.findall(r"`(tandem_\w+)", RUNBOOK.read_text())) == {
        name for name in told if not name.endswith("_created")
    }
