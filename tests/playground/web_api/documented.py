"""The error codes that Slack documents, as far as the playground answers them: by method, and for every method."""

EVERYWHERE = frozenset(
    [
        "account_inactive",
        "internal_error",
        "invalid_arg_name",
        "invalid_arguments",
        "invalid_array_arg",
        "invalid_auth",
        "invalid_charset",
        "invalid_form_data",
        "invalid_json",
        "invalid_post_type",
        "json_not_object",
        "missing_post_type",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "ratelimited",
        "token_revoked",
        "unknown_method",
    ]
)

_CONTENT = (
    "channel_not_found invalid_blocks invalid_blocks_format is_archived markdown_text_conflict no_text not_in_channel "
    "too_many_attachments"
)
_METADATA = "invalid_metadata_format invalid_metadata_schema metadata_too_large"

BY_METHOD = {
    method: frozenset(codes.split())
    for method, codes in {
        "bookmarks.add": "channel_not_found invalid_bookmark_type invalid_emoji invalid_link permission_denied "
        "too_many_bookmarks",
        "bots.info": "bot_not_found missing_argument",
        "chat.delete": "cant_delete_message channel_not_found message_not_found",
        "chat.deleteScheduledMessage": "channel_not_found invalid_scheduled_message_id",
        "chat.getPermalink": "channel_not_found message_not_found",
        "chat.postEphemeral": f"{_CONTENT} cannot_reply_to_message invalid_attachments messages_tab_disabled "
        "msg_too_long user_not_in_channel",
        "chat.postMessage": f"{_CONTENT} {_METADATA} cannot_reply_to_message messages_tab_disabled msg_blocks_too_long",
        "chat.scheduleMessage": f"{_CONTENT} {_METADATA} invalid_time msg_too_long restricted_too_many time_in_past "
        "time_too_far",
        "chat.scheduledMessages.list": "invalid_channel invalid_cursor",
        "chat.update": f"{_METADATA} cant_broadcast_message cant_update_message channel_not_found invalid_attachments "
        "invalid_blocks invalid_blocks_format is_inactive markdown_text_conflict message_not_found msg_too_long "
        "no_dual_broadcast_content_update no_text too_many_attachments",
        "conversations.history": "channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest not_in_channel",
        "conversations.info": "channel_not_found",
        "conversations.invite": "already_in_channel cant_invite cant_invite_self channel_not_found is_archived "
        "method_not_supported_for_channel_type no_user not_in_channel ura_max_channels user_not_found",
        "conversations.join": "channel_not_found is_archived method_not_supported_for_channel_type",
        "conversations.leave": "channel_not_found method_not_supported_for_channel_type",
        "conversations.list": "invalid_cursor invalid_limit invalid_types",
        "conversations.members": "channel_not_found invalid_cursor invalid_limit",
        "conversations.open": "channel_not_found invalid_user_combination method_not_supported_for_channel_type "
        "not_enough_users too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied",
        "conversations.replies": "channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest "
        "thread_not_found",
        "dnd.info": "user_not_found user_not_visible",
        "dnd.teamInfo": "no_users_provided user_not_visible",
        "files.completeUploadExternal": "channel_not_found channels_limit_exceeded file_not_found invalid_blocks "
        "invalid_channel not_in_channel",
        "files.getUploadURLExternal": "alt_txt_too_large file_upload_size_restricted missing_argument "
        "snippet_too_large unknown_snippet_type",
        "files.info": "file_not_found",
        "pins.add": "already_pinned bad_timestamp channel_not_found message_not_found no_item_specified "
        "not_in_channel too_many_pins",
        "reactions.add": "already_reacted bad_timestamp channel_not_found invalid_name is_archived message_not_found "
        "no_item_specified too_many_emoji too_many_reactions",
        "reactions.remove": "bad_timestamp channel_not_found invalid_name message_not_found no_item_specified "
        "no_reaction",
        "team.info": "team_not_found",
        "users.conversations": "invalid_cursor invalid_limit invalid_types",
        "users.info": "user_not_found",
        "users.list": "invalid_cursor",
        "users.lookupByEmail": "users_not_found",
    }.items()
}

# What Slack answers, or has to answer, though the page of that method does not name it.
UNLISTED = {
    # The same checks stand before every method that takes a message; each page names only some of their codes.
    "chat.": frozenset(f"invalid_attachments msg_blocks_too_long msg_too_long {_METADATA}".split()),
    # Seen in the field (jenkinsci/slack-plugin#584).
    "chat.post": frozenset(["invalid_thread_ts", "cannot_dm_bot", "user_disabled"]),
    "chat.schedule": frozenset(
        ["invalid_thread_ts", "cannot_reply_to_message", "cannot_dm_bot", "user_disabled", "messages_tab_disabled"]
    ),
    "conversations.open": frozenset(["cannot_dm_bot"]),
    # Its page names channel_not_found alone for what cannot be read.
    "conversations.replies": frozenset(["not_in_channel"]),
    "dnd.teamInfo": frozenset(["too_many_users"]),  # the page gives the limit of 50, and no code for it
    "files.completeUploadExternal": frozenset(
        [
            "is_archived",
            "no_text",
            "invalid_blocks_format",
            "msg_blocks_too_long",
            "invalid_thread_ts",
            "cannot_reply_to_message",
            "cannot_dm_bot",
            "user_disabled",
            "messages_tab_disabled",
        ]
    ),
    "reactions.": frozenset(["not_in_channel"]),
}


def is_documented(method: str, error: str) -> bool:
    """Whether that method may answer so. Methods of other families are none of our business here."""
    unlisted = (codes for beginning, codes in UNLISTED.items() if method.startswith(beginning))
    known = BY_METHOD.get(method)
    return known is None or error in EVERYWHERE | known or any(error in codes for codes in unlisted)
