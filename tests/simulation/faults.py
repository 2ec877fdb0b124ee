"""What goes wrong, and how often: drawn from a seed, and written down as it happens."""

import random
from dataclasses import dataclass, field

SECOND, MINUTE, HOUR, DAY = 1.0, 60.0, 3600.0, 86400.0

LATE_BY = (16 * SECOND, 110 * SECOND)  # a request that arrives after it was given up, and before the settling time ends

CALLS = (
    ("refused", 0.012),
    ("cut before taking", 0.012),
    ("cut after taking", 0.018),
    ("500 before taking", 0.010),
    ("500 after taking", 0.014),
    ("fatal_error before taking", 0.006),
    ("fatal_error after taking", 0.008),
    ("429", 0.010),
    ("taken late", 0.018),
)


@dataclass(frozen=True, slots=True)
class Weather:
    """How often things go wrong, for each await or each call; spans are in seconds. `events` multiplies great ones."""

    crash: float = 0.0018
    pause: float = 0.0018
    paused_for: tuple[float, float] = (20 * SECOND, 600 * SECOND)
    paused_at: str = ""  # only at places whose names begin so
    calls: tuple[tuple[str, float], ...] = CALLS
    history_fails: float = 0.02
    events: float = 1.0


USUAL = Weather()
SWITCH = 0.08  # at how many places another task gets its turn out of order


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens at a place between two awaits."""

    kind: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the log. `at` and `until` are loop times (`until` is 0 for a moment), `who` a process or a person."""

    at: float
    kind: str
    who: str = ""
    until: float = 0.0


@dataclass(eq=False)
class Faults:
    """The log, and the dice. `calm`: nothing ever goes wrong, and the dice lie untouched."""

    seed: int
    calm: bool = False
    weather: Weather = USUAL
    log: list[Fault] = field(default_factory=list)
    on: bool = True

    def __post_init__(self) -> None:
        self.dice = random.Random(f"faults {self.seed}")
        self.order = random.Random(f"order {self.seed}")

    def at_point(self, where: str) -> Happening | None:
        """Draw what happens at a place between two awaits; mostly nothing."""
        if self.calm or not self.on:
            return None
        drawn, weather = self.dice.random(), self.weather
        if drawn < weather.crash:
            return Happening("crash")
        if drawn < weather.crash + weather.pause:
            here = where.startswith(weather.paused_at)
            return Happening("pause", self.dice.uniform(*weather.paused_for)) if here else None
        if drawn > 1 - SWITCH:
            return Happening("switch", self.dice.random() * 0.2)
        return None

    def at_call(self) -> str:
        """Draw what happens to one call of chat.postMessage; "" for nothing."""
        if self.calm or not self.on:
            return ""
        drawn = self.dice.random()
        for kind, rate in self.weather.calls:
            if drawn < rate:
                return kind
            drawn -= rate
        return ""

    def note(self, at: float, kind: str, who: str = "", until: float = 0.0) -> None:
        """Write down what has happened."""
        self.log.append(Fault(at, kind, who, until))
