"""Send somebody a file into their conversation with Tandem. It needs a scope that a workspace may leave out.

In two parts, so that what is said beside it is true: Slack takes the bytes, or does not, before anything is shown.
"""

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()


async def upload(client: AsyncWebClient, name: str, content: bytes, **about: str) -> str:
    """Bring bytes to Slack, which shows them to nobody yet; return the file's id. Raises what the client raises."""
    if client.session is None:
        raise ValueError("the client has no session")
    ticket = await client.files_getUploadURLExternal(filename=name, length=len(content), **about)
    async with client.session.post(str(ticket["upload_url"]), data=content) as answer:
        answer.raise_for_status()
    return str(ticket["file_id"])


async def bring(client: AsyncWebClient, name: str, content: bytes) -> str | None:
    """Bring the bytes to Slack, which shows them to nobody yet; return the file's id, None where it takes no files."""
    if client.session is None:
        return None
    try:
        return await upload(client, name, content)
    except SlackApiError as error:
        log.warning("file_not_taken", reason=str(error.response.get("error")))
    except (TimeoutError, aiohttp.ClientError) as error:
        log.warning("file_not_taken", reason=type(error).__name__)
    return None


async def hand_over(client: AsyncWebClient, file_id: str, title: str, channel: str) -> bool:
    """Show a file that was brought in a conversation; return whether Slack does."""
    try:
        await client.files_completeUploadExternal(files=[{"id": file_id, "title": title}], channel_id=channel)
    except SlackApiError as error:
        log.warning("file_not_shown", reason=str(error.response.get("error")))
        return False
    except (TimeoutError, aiohttp.ClientError) as error:
        log.warning("file_not_shown", reason=type(error).__name__)
        return False
    return True
