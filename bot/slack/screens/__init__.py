"""The screens: one file for each thing that a person sees. They do not import each other."""

from types import ModuleType

from bot.slack.screens import (
    agreement,
    announce,
    confide,
    ending,
    goals,
    handover,
    hello,
    home,
    lifecycle,
    log_meeting,
    mentoring,
    next_steps,
    pause,
    plan_meeting,
    rematch,
    reminder,
    settings,
    status,
    unclear,
    why,
)

ALL: tuple[ModuleType, ...] = (
    announce,
    goals,
    hello,
    home,
    lifecycle,
    log_meeting,
    reminder,
    unclear,
    status,  # from here on the words of `/mentoring`, in the order of its help
    agreement,
    plan_meeting,
    next_steps,
    pause,
    confide,
    ending,
    rematch,
    handover,
    settings,
    why,
    mentoring,
)
