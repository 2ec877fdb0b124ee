"""The screens: one file for each thing that a person sees. They do not import each other."""

from types import ModuleType

from bot.slack.screens import (
    agreement,
    announce,
    answer_meeting,
    goals,
    hello,
    home,
    lifecycle,
    log_meeting,
    meetings,
    mentoring,
    next_steps,
    pause,
    plan_meeting,
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
    agreement,
    plan_meeting,
    next_steps,
    pause,
    settings,
    why,
    mentoring,
)
