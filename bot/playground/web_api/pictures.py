"""Pictures of people, the app and the workspace: initials on a color, so that an app finds one where Slack has one."""

import hashlib
from html import escape

from aiohttp import web

from bot.playground.workspace.installed_app import BOT_USER, TEAM_ID
from bot.playground.workspace.slack import Slack

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72" width="{size}" height="{size}">'
    '<rect width="72" height="72" fill="hsl({hue} 45% 38%)"/><text x="36" y="46" fill="#fff" font-size="28" '
    'font-family="sans-serif" text-anchor="middle">{initials}</text></svg>'
)


class PictureRoutes:
    """/avatars/USER-SIZE.svg, for everybody."""

    def __init__(self, slack: Slack):
        self._slack = slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the route."""
        router.add_get(r"/avatars/{user}-{size:\d+}.svg", self.show)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """One picture; of somebody unknown, too. The workspace counts as a user here."""
        user = request.match_info["user"]
        return web.Response(
            text=drawn(user, self._name_of(user), request.match_info["size"]), content_type="image/svg+xml"
        )

    def _name_of(self, user: str) -> str:
        ours = {BOT_USER: self._slack.app.bot_name, TEAM_ID: self._slack.team_name}
        person = self._slack.person(user)
        return person.member.real_name if person else ours.get(user, "?")


def drawn(user: str, name: str, size: str) -> str:
    """The picture of `name`: always the same color for the same user."""
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    hue = int(hashlib.sha256(user.encode()).hexdigest(), 16) % 360
    return DRAWING.format(size=size, hue=hue, initials=escape(initials))
