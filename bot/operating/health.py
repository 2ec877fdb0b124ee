"""Health: whether this process lives, and whether it can do what it is for."""

from typing import Any

from bot.operating.figures import Facts
from bot.operating.signs import Signs

Part = dict[str, Any]


def parts(signs: Signs, facts: Facts | None) -> dict[str, Part]:
    """Return each part of readiness with its `ok` and what it is judged by; ages are in seconds."""
    found: dict[str, Part] = {
        "database": {"ok": facts is not None},
        "process": {"ok": not signs.stopping.begun, "stopping": signs.stopping.begun},
    }
    if signs.sockets is not None:
        found["slack"] = {
            "ok": signs.sockets.connected > 0,
            "connected": signs.sockets.connected,
            "last_frame_age": round(signs.sockets.frame_age, 3),
        }
    elif signs.listening is not None:
        found["slack"] = {"ok": signs.listening, "listening": signs.listening}
    if signs.pulse is not None:
        found["ticks"] = {"ok": signs.pulse.is_recent, "last_age": round(signs.pulse.age, 3)}
    return found


def report(signs: Signs, facts: Facts | None) -> tuple[bool, dict[str, Any]]:
    """Return whether the process is ready, and all that is to be told of it."""
    found = parts(signs, facts)
    ready = all(part["ok"] for part in found.values())
    oldest = None if facts is None else round(facts.oldest_age, 3)
    return ready, {"live": True, "ready": ready, "parts": found, "oldest_open_age": oldest}
