"""The settings: from the environment, from files that it names, and kind about what is wrong."""

from pathlib import Path

import pytest

from bot.process import HOW_TO_GET_TOKENS, what_is_missing
from bot.settings import SettingsWrong, default_database, read_settings


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run where no .env lies."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_the_records_lie_in_the_data_folder() -> None:
    settings = read_settings()

    assert settings.database_url == default_database()
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.bot_token == ""


def test_a_token_may_stand_in_a_file(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / "token").write_text("xoxb-from-a-file\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(nowhere / "token"))

    assert read_settings().bot_token == "xoxb-from-a-file"


def test_the_environment_wins_over_a_file_and_that_over_dotenv(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / ".env").write_text("LOG_LEVEL=ERROR\nLOG_FORMAT=json\nTANDEM_PORT=4000\n")
    (nowhere / "level").write_text("WARNING")
    monkeypatch.setenv("LOG_LEVEL_FILE", str(nowhere / "level"))
    monkeypatch.setenv("TANDEM_PORT", "5000")

    settings = read_settings()

    assert (settings.log_level, settings.log_format, settings.tandem_port) == ("WARNING", "json", 5000)


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", "/nowhere/at/all")

    with pytest.raises(SettingsWrong, match=r"SLACK_BOT_TOKEN_FILE: /nowhere/at/all cannot be read"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "SLACK_BOT_TOKEN: must begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN: must begin with xapp-"),
        ("SLACK_API_URL", "slack.com", "SLACK_API_URL: must be an http or https address"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL: must begin with sqlite:/// or postgresql://"),
        ("TANDEM_PORT", "70000", "TANDEM_PORT: must be less than or equal to 65535"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL: must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ],
)
def test_a_wrong_value_is_told_with_its_variable_s_name(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsWrong) as wrong:
        read_settings()

    assert str(wrong.value).startswith(sentence)
    assert "\n" not in str(wrong.value)


def test_a_token_does_not_show_when_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")

    assert "canary" not in repr(read_settings())


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")

    assert read_settings().bot_token == ""


def test_without_tokens_one_learns_how_to_get_them_in_five_steps() -> None:
    assert what_is_missing(read_settings()) == HOW_TO_GET_TOKENS
    assert [f"  {number}. " in HOW_TO_GET_TOKENS for number in range(1, 7)] == [True] * 5 + [False]
    assert "make demo" in HOW_TO_GET_TOKENS


def test_a_bot_token_alone_needs_a_way_for_slack_to_reach_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert what_is_missing(read_settings()).startswith("SLACK_APP_TOKEN: missing")

    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    assert what_is_missing(read_settings()) == ""


def test_an_app_token_alone_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")

    assert what_is_missing(read_settings()).startswith("SLACK_BOT_TOKEN: missing")
