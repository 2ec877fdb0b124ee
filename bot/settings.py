"""Every setting, in one place: nobody else reads the environment.

A setting may stand in the environment, in a file `.env`, or, for what is secret, in a file named by `NAME_FILE`.
"""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict


class SettingsWrong(Exception):
    """A setting that cannot be used; the text names each variable and says what would be right."""


def _token(prefix: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(prefix):
            raise ValueError(f"must begin with {prefix}")
        return token

    return AfterValidator(check)


def _web_address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("must be an http or https address, such as https://slack.com/api/")
    return url.rstrip("/") + "/"


def _database(url: str) -> str:
    if not url.startswith(("sqlite:", "sqlite+", "postgresql:", "postgresql+", "postgres:")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


def default_database() -> str:
    """Return the URL of the database that is used where none is named: one file in the user's data folder."""
    return f"sqlite:///{user_data_path('tandem', appauthor=False) / 'tandem.sqlite3'}"


class Settings(BaseSettings):
    """What the environment says. Immutable; secrets do not show when it is printed."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf8", extra="ignore", frozen=True)

    slack_bot_token: Annotated[SecretStr, _token("xoxb-")] | None = Field(
        None, description="The bot token (xoxb-…): OAuth & Permissions → Bot User OAuth Token."
    )
    slack_app_token: Annotated[SecretStr, _token("xapp-")] | None = Field(
        None, description="The app token (xapp-…) with connections:write: Socket Mode, no public address needed."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="Instead of the app token: Slack then sends to http://HOST:PORT/slack/events."
    )
    slack_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://slack.com/api/", description="Another server that speaks Slack's Web API."
    )
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default_factory=default_database,
        repr=False,  # it may hold a password
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME. Default: a file in your data folder.",
    )
    tandem_host: str = Field("127.0.0.1", description="Where to listen for Slack, without Socket Mode.")
    tandem_port: int = Field(3000, ge=1, le=65535, description="The port to listen on, without Socket Mode.")
    tandem_sockets: int = Field(
        2, ge=1, le=10, description="Connections to Slack in this process; Slack allows an app ten in all."
    )
    tandem_socket_silence_seconds: float = Field(
        60.0,
        ge=1,
        le=3600,
        description="Connect anew when nothing was heard for so long; after twice as long exit with 3.",
    )
    tandem_operator_port: int = Field(
        0, ge=0, le=65535, description="The port for `/healthz` and `/metrics`; 0 opens none."
    )
    tandem_operator_host: str = Field("127.0.0.1", description="Where the operator's port listens.")
    tandem_content: Path | None = Field(
        None, description="A folder with prompts/ or activities.toml of your own; `tandem check-content` checks it."
    )
    tandem_tick_seconds: float = Field(2.0, ge=0.1, le=300, description="How often to look at what is due.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much to log.")
    log_format: Literal["text", "json"] = Field("text", description="text for people, json for machines.")

    @property
    def bot_token(self) -> str:
        """The bot token, or "" when there is none."""
        return self.slack_bot_token.get_secret_value() if self.slack_bot_token else ""

    @property
    def app_token(self) -> str:
        """The app token, or "" when there is none."""
        return self.slack_app_token.get_secret_value() if self.slack_app_token else ""

    @property
    def signing_secret(self) -> str:
        """The signing secret, or "" when there is none."""
        return self.slack_signing_secret.get_secret_value() if self.slack_signing_secret else ""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over files that it names, and those over `.env`."""
        return init_settings, env_settings, NamedFiles(settings_cls), dotenv_settings


class NamedFiles(PydanticBaseSettingsSource):
    """Reads `NAME` from the file that `NAME_FILE` names, as container platforms hand over secrets."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the content of the file, without the line end."""
        path = os.environ.get(f"{field_name.upper()}_FILE")
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf8").strip(), field_name, False
        except OSError as error:
            raise SettingsWrong(f"{field_name.upper()}_FILE: {path} cannot be read ({error.strerror})") from error

    def __call__(self) -> dict[str, Any]:
        """Return what the named files say."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def read_settings(**overrides: Any) -> Settings:
    """Read the settings; an empty variable counts as absent. Raises SettingsWrong, with the variables' names."""
    blank = {name: None for name in ("slack_bot_token", "slack_app_token", "slack_signing_secret") if _is_blank(name)}
    try:
        return Settings(**(blank | overrides))
    except ValidationError as error:
        lines = [f"{_variable(detail['loc'])}: {_reason(detail['msg'])}" for detail in error.errors()]
        raise SettingsWrong("\n".join(dict.fromkeys(lines))) from None


def _is_blank(name: str) -> bool:
    return os.environ.get(name.upper()) == ""


def _variable(place: tuple[int | str, ...]) -> str:
    return str(place[0]).upper() if place else "settings"


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ").replace("Input should be", "must be")
