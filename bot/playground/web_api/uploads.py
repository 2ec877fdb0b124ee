"""The addresses of files: where the app brings them, and where it and the page fetch them."""

from aiohttp import BodyPartReader, web

from bot.playground.workspace.files import File
from bot.playground.workspace.slack import Slack

# A file is somebody's own: opened by itself, it may run nothing at this address.
HARMLESS = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}


class FileRoutes:
    """Uploads, and downloads with the bot's token; for the page without one."""

    def __init__(self, slack: Slack):
        self._slack = slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_post("/upload/{ticket}", self.upload)
        router.add_get("/files-pri/{team_and_id}/{name}", self.download)
        router.add_get("/files-pri/{team_and_id}/download/{name}", self.download)
        router.add_get("/playground/files/{id}", self.show)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes, raw or as the first part of a form: as many as were announced."""
        file = self._slack.files.expected_by(request.match_info["ticket"])
        if file is None or file.completed:
            return web.Response(status=404, text="No upload is expected here.")
        content = await _bytes_of(request)
        if len(content) != file.length:
            return web.Response(status=400, text=f"{file.length} bytes were announced, {len(content)} came.")
        file.content = content
        return web.Response(text=f"OK - {file.length}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Only for the app. (Slack shows others a page to log in, with status 200; here they are told.)"""
        app = self._slack.app
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        is_app = app.installed and scheme.lower() == "bearer" and token.strip() == app.bot_token
        if not is_app or "files:read" not in app.scopes:
            return web.Response(status=403, text="This file is only for the app.")
        return _sent(self._slack.files.seen(request.match_info["team_and_id"].rpartition("-")[2]))

    async def show(self, request: web.Request) -> web.StreamResponse:
        """For the page."""
        return _sent(self._slack.files.seen(request.match_info["id"]))


async def _bytes_of(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            return bytes(await part.read())
    return b""


def _sent(file: File | None) -> web.Response:
    if file is None:
        gone = {"ok": False, "error": "file_not_found", "message": "There is no such file."}
        return web.json_response(gone, status=404)
    return web.Response(body=file.content, content_type=file.mimetype, headers=HARMLESS)
