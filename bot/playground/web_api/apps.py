"""apps.*: a way for the app to be reached, and its removal."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.web_api.oauth import refuse_wrong_client
from bot.playground.wire import removal
from bot.playground.wire.socket_mode import SocketLine
from bot.playground.workspace.installed_app import APP_ID
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json


def methods(sockets: SocketLine) -> dict[str, Method]:
    """The family; `sockets` are the app's connections."""

    def open_connection(slack: Slack, args: Arguments) -> Json:
        """apps.connections.open. For an app without Socket Mode Slack documents no code but this one."""
        if not sockets.enabled:
            raise MethodRefused("forbidden_team")
        address = slack.address.replace("http://", "ws://")
        return {"url": f"{address}/socket?ticket={sockets.ticket()}&app_id={APP_ID}"}

    return {
        "apps.connections.open": Method(open_connection, scopes=("connections:write",), token="app"),
        "apps.uninstall": Method(uninstall),
    }


def uninstall(slack: Slack, args: Arguments) -> Json:
    """apps.uninstall: the app removes itself."""
    refuse_wrong_client(slack, args)
    removal.remove(slack)
    return {}
