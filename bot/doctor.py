"""`tandem doctor`: look at everything that can keep Tandem from speaking, and say what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import wall_clock
from bot.manifest import Manifest, read_manifest
from bot.process import what_is_missing
from bot.settings import Settings
from bot.store.engine import make_engine
from bot.store.migrate import is_current
from bot.store.records import SqlStore
from bot.store.soundness import doubts
from bot.usecases.ports import RESTORED, RecordsAway, Trouble
from bot.wiring import open_client

LATE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and how it is."""

    sentence: str
    needs_a_person: bool = False

    def __str__(self) -> str:
        return f"{'!!' if self.needs_a_person else 'ok'}  {self.sentence}"


async def examine(settings: Settings) -> list[Finding]:
    """Look at settings, database, Slack and messages, in this order."""
    findings = list(_look_at_settings(settings))
    findings += await _look_at_database(settings)
    findings += [Finding(f"Database: {doubt.sentence}", doubt.at_once) for doubt in doubts(settings.database_url)]
    if settings.bot_token:
        findings += await _look_at_slack(settings, read_manifest())
    return findings


def _look_at_settings(settings: Settings) -> Iterator[Finding]:
    missing = what_is_missing(settings)
    if missing:
        yield Finding(f"Settings: {missing}", needs_a_person=True)
    else:
        way = "Socket Mode" if settings.app_token else f"HTTP on {settings.tandem_host}:{settings.tandem_port}"
        yield Finding(f"Settings: complete; Slack reaches Tandem by {way}.")


async def _look_at_database(settings: Settings) -> list[Finding]:
    engine = make_engine(settings.database_url)
    try:
        if not await is_current(engine):
            return [Finding("Database: not up to date; run `tandem migrate`.", needs_a_person=True)]
        async with SqlStore(engine).begin() as records:
            trouble = await records.trouble(wall_clock())
        return [Finding("Database: reachable and up to date."), *_look_at_messages(trouble), *_look_at_people(trouble)]
    except (SQLAlchemyError, RecordsAway, OSError) as error:
        sentence = f"Database: cannot be reached ({type(error).__name__}); check DATABASE_URL."
        return [Finding(sentence, needs_a_person=True)]
    finally:
        await engine.dispose()


def _look_at_messages(trouble: Trouble) -> Iterator[Finding]:
    if trouble.stuck:
        sentence = f"Messages: {trouble.stuck} hang in sending; is the scheduler running? It settles them by itself."
        yield Finding(sentence, needs_a_person=True)
    if trouble.unknown:
        sentence = (
            f"Messages: {trouble.unknown} may or may not have arrived (a line was cut); Tandem looks them up by itself."
        )
        yield Finding(sentence)
    if trouble.undecided:
        sentence = (
            f"Messages: {trouble.undecided} may or may not have arrived, and Tandem cannot look. It never sends twice "
            "by itself: a coordinator finds them in Home, with a button to send them again."
        )
        yield Finding(sentence, needs_a_person=True)
    for workspace in trouble.stopped:
        yield Finding(
            f"Workspace: nothing is sent ({workspace.stopped}); {_way_out(workspace.stopped)}", needs_a_person=True
        )
    for reason, count in sorted(trouble.refused.items()):
        yield Finding(f"Messages: {count} refused by Slack: {reason}.", needs_a_person=True)
    late = (wall_clock() - trouble.oldest_due).total_seconds() if trouble.oldest_due else 0
    if late > LATE_SECONDS:
        sentence = f"Messages: the oldest one waits for {late / 60:.0f} minutes; is the scheduler running?"
        yield Finding(sentence, needs_a_person=True)
    if not (trouble.stuck or trouble.unknown or trouble.undecided or trouble.refused or late > LATE_SECONDS):
        yield Finding("Messages: none hang, none are unknown.")


def _way_out(reason: str) -> str:
    if reason == RESTORED:
        return "run `tandem doctor --after-restore`."
    return (
        "install the app again, put its token into SLACK_BOT_TOKEN and start Tandem anew; "
        "it goes on within five minutes."
    )


def _look_at_people(trouble: Trouble) -> Iterator[Finding]:
    for person in trouble.without_slack:
        sentence = f"People: {person.name} ({person.email or person.key}) is not found in Slack; check the address."
        yield Finding(sentence, needs_a_person=True)
    for person in trouble.unreachable:
        yield Finding(f"People: {person.name} cannot be reached: {person.unreachable}.", needs_a_person=True)
    if not (trouble.without_slack or trouble.unreachable):
        yield Finding("People: everybody can be reached.")


async def _look_at_slack(settings: Settings, manifest: Manifest) -> list[Finding]:
    async with open_client(settings) as client:
        try:
            answer = await client.auth_test()
            findings = [Finding(f"Slack: the bot token is good for {answer.get('team', 'the workspace')}.")]
            findings += _look_at_scopes(dict(answer.headers), manifest)
            if settings.app_token:
                findings.append(await _look_at_app_token(client, settings.app_token))
        except SlackApiError as error:
            reason = error.response.get("error")
            return [
                Finding(f"Slack: SLACK_BOT_TOKEN is refused ({reason}); install the app again.", needs_a_person=True)
            ]
        except (TimeoutError, aiohttp.ClientError) as error:
            sentence = f"Slack: {settings.slack_api_url} cannot be reached ({type(error).__name__})."
            return [Finding(sentence, needs_a_person=True)]
    return findings


def _look_at_scopes(headers: dict[str, str], manifest: Manifest) -> list[Finding]:
    lowered = {name.lower(): value for name, value in headers.items()}
    if "x-oauth-scopes" not in lowered:
        return [Finding("Slack: it does not say which scopes the token has.")]
    granted = {scope.strip() for scope in lowered["x-oauth-scopes"].split(",")}
    findings = []
    if missing := sorted(manifest.scopes - granted):
        sentence = f"Slack: the token lacks {', '.join(missing)}; update the app from manifest.yml and reinstall it."
        findings.append(Finding(sentence, needs_a_person=True))
    if optional := sorted(manifest.optional_scopes - granted):
        findings.append(Finding(f"Slack: without {', '.join(optional)} people are found by Slack id only."))
    return findings or [Finding("Slack: the token has every scope of the manifest.")]


async def _look_at_app_token(client: AsyncWebClient, token: str) -> Finding:
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        reason = error.response.get("error")
        return Finding(f"Slack: SLACK_APP_TOKEN is refused ({reason}); generate a new one.", needs_a_person=True)
    return Finding("Slack: the app token opens connections.")
