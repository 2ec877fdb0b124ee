"""The screens: one file for each thing that a person sees. They do not import each other."""

from types import ModuleType

from bot.slack.screens import (
    announce,
    answer_meeting,
    goals,
    hello,
    home,
    lifecycle,
    log_meeting,
    meetings,
    mentoring,
    pause,
    reminder,
    settings,
    status,
    unclear,
    why,
)

ALL: tuple[ModuleType, ...] = (
    announce,
    answer_meeting,
    goals,
    hello,
    home,
    lifecycle,
    log_meeting,
    meetings,
    reminder,
    unclear,
    status,  # from here on the words of `/mentoring`, in the order of its help
    pause,
    settings,
    why,
    mentoring,
)
