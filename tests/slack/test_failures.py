"""Each error that Slack documents for chat.postMessage, and a few that it does not, has its kind."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.notes import Later, Outcome, Refused, Unknown
from bot.slack.failures import sorted_failure
from tests.playground.parrot import MORNING

PERSON = """
    app_access_restricted channel_not_found is_archived not_in_channel
    cannot_dm_bot is_inactive user_disabled user_not_found user_not_visible
"""  # the second line: seen, though not in the list for this method
WORKSPACE = """
    access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted
    is_bot messages_tab_disabled method_deprecated missing_scope no_permission not_allowed_token_type not_authed
    org_login_required restricted_action team_added_to_org team_not_found token_expired token_revoked
    two_factor_setup_required unknown_method
    invalid_auth team_access_not_granted
"""
PASSING = "message_limit_exceeded rate_limited ratelimited"
UNKNOWN = "fatal_error request_timeout service_unavailable internal_error"
MESSAGE = """
    as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message
    draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
    duplicate_channel_not_found duplicate_message_not_found
    invalid_arg_name invalid_array_arg invalid_blocks invalid_blocks_format invalid_charset invalid_form_data
    invalid_metadata_format invalid_metadata_schema invalid_post_type
    markdown_text_conflict metadata_must_be_sent_from_app metadata_too_large missing_file_data missing_post_type
    msg_blocks_too_long msg_too_long no_text
    restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked
    restricted_action_thread_only_channel send_on_behalf_not_allowed
    slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked
    too_many_attachments too_many_contact_cards
    a_word_that_slack_has_yet_to_invent
"""
KINDS = {
    **dict.fromkeys(PERSON.split(), "person"),
    **dict.fromkeys(WORKSPACE.split(), "workspace"),
    **dict.fromkeys(PASSING.split(), "passing"),
    **dict.fromkeys(UNKNOWN.split(), "unknown"),
    **dict.fromkeys(MESSAGE.split(), "message"),
}


def failed(reason: str, status: int = 200) -> SlackApiError:
    body = {"ok": False, "error": reason} if reason else {}
    answer = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=body, headers={}, status_code=status
    )
    return SlackApiError("", answer)  # type: ignore[no-untyped-call]


def kind_of(outcome: Outcome) -> str:
    match outcome:
        case Refused(whose=whose):
            return whose
        case Later(cause="limit"):
            return "passing"
        case Unknown():
            return "unknown"
    raise AssertionError(outcome)


@pytest.mark.parametrize(("reason", "kind"), KINDS.items())
def test_each_error_is_sorted(reason: str, kind: str) -> None:
    outcome = sorted_failure(failed(reason), MORNING)

    assert kind_of(outcome) == kind
    assert getattr(outcome, "reason", "") == reason


@pytest.mark.parametrize("reason", ["a_word_that_slack_has_yet_to_invent", "invalid_blocks", "user_disabled", ""])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_whatever_the_word_with_a_500_it_may_have_been_taken(reason: str, status: int) -> None:
    assert isinstance(sorted_failure(failed(reason, status), MORNING), Unknown)


@pytest.mark.parametrize("reason", ["", "ratelimited", "a_word_that_slack_has_yet_to_invent"])
def test_whatever_the_word_with_a_429_it_was_not_taken(reason: str) -> None:
    assert kind_of(sorted_failure(failed(reason, 429), MORNING)) == "passing"
