"""The Bolt app: one object, whatever brings the events to it (Socket Mode or HTTP)."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.doors import Doors
from bot.slack.screens import ALL
from bot.slack.timed_app import TimedApp
from bot.usecases.world import World


def build_app(client: AsyncWebClient, world: World, *, signing_secret: str = "") -> tuple[TimedApp, Doors]:
    """Build the app with every screen. `client` carries the token, the shared session, and no retry handlers."""
    app = TimedApp(
        client=client,
        signing_secret=signing_secret or None,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=bool(signing_secret),
    )
    doors = Doors(app, world)
    app.busy = doors.busy
    for screen in ALL:
        screen.register(doors)
    return app, doors
