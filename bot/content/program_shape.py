"""The shape of program.toml, for pydantic: which keys there are, and what is right for each by itself."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from bot.content import checks
from bot.content.problems import did_you_mean, quoted
from bot.domain.days import WEEKDAYS, Span
from bot.domain.least_time import read_unit
from bot.domain.program import Phase, Role
from bot.domain.rhythm import Rhythm, Unit, read_rhythm

MOST_DAYS = 3 * 366
LEAST_DAYS = len(Phase)
DAY_MINUTES = 24 * 60


def _read(check: Callable[[str], object]) -> BeforeValidator:
    """Let `check` read a text; anything else goes on to pydantic, which refuses it."""
    return BeforeValidator(lambda value: check(value.strip()) if isinstance(value, str) else value)


def _weekday(text: str) -> str:
    if text not in WEEKDAYS:
        raise ValueError(f"{quoted(text)} is not a day of the week{did_you_mean(text, WEEKDAYS)}")
    return text


def _session(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        raise ValueError("Write a session in the program's own time, without an offset: 2017-06-15T14:00:00.")
    checks.day(moment.date())
    return moment


def _unit(text: str) -> str:
    read_unit(checks.line(text))
    return text


Key = Annotated[str, AfterValidator(checks.key)]
Line = Annotated[str, AfterValidator(checks.line)]
Link = Annotated[str, AfterValidator(checks.link)]
Day = Annotated[date, AfterValidator(checks.day)]
Weekday = Annotated[str, AfterValidator(_weekday)]
Session = Annotated[datetime, AfterValidator(_session)]
Zone = Annotated[ZoneInfo, _read(checks.zone)]
RoleName = Annotated[Role, _read(checks.role)]
PhaseName = Annotated[Phase, _read(checks.phase)]
UnitWords = Annotated[str, AfterValidator(_unit)]
RhythmWords = Annotated[Rhythm, _read(read_rhythm)]


class Table(BaseModel):
    """A table of TOML: exact types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)


class Days(Table):
    """Days from `from` to `to`; without `to`, one day."""

    from_: Day = Field(alias="from")
    to: Day | None = None

    @field_validator("to")
    @classmethod
    def _in_order(cls, to: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("from_")
        if to is not None and first is not None and to < first:
            raise ValueError(f"This ends ({to}) before it begins ({first}).")
        return to

    @property
    def span(self) -> Span:
        """The days, both ends included."""
        return Span(self.from_, self.to or self.from_)


class Window(Days):
    """The days of a phase: both ends are given."""

    to: Day


class Windows(Table):
    """[phases]: a window for each, or for some."""

    planning: Window | None = None
    connecting: Window | None = None
    advancing: Window | None = None
    transitioning: Window | None = None


class Hours(Table):
    """[hours]: when people may be spoken to, on their own clocks."""

    start: time = time(9)
    end: time = Field(default=time(17), validate_default=True)
    days: list[Weekday] = list(WEEKDAYS[:5])

    @field_validator("end")
    @classmethod
    def _after_start(cls, end: time, info: ValidationInfo) -> time:
        start = info.data.get("start")
        if start is not None and end <= start:
            raise ValueError(f"The hours end ({end:%H:%M}) after they start ({start:%H:%M}), not before or with it.")
        return end

    @field_validator("days")
    @classmethod
    def _some_day(cls, days: list[str]) -> list[str]:
        if not days:
            raise ValueError('Without a day nothing is ever said: write, for example, days = ["mon", "wed"].')
        return days


class Quiet(Days):
    """[[quiet]]: days without any message."""

    name: Line | None = None


class Meetings(Table):
    """[meetings]: how often, and how much at least."""

    rhythm: RhythmWords = Rhythm(2, Unit.WEEK)
    minimum: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    minimum_unit: UnitWords = "hours a month"


class PairsTable(Table):
    """[pairs]: what is due in a pair, in days after its start; what is asked after the end, in months."""

    agreement_due: int = Field(default=30, ge=1, le=MOST_DAYS)
    goals_due: int = Field(default=30, ge=1, le=MOST_DAYS)
    editable: int = Field(default=14, ge=0, le=MOST_DAYS)
    follow_up_months: int = Field(default=0, ge=0, le=12)


class KeyDateTable(Days):
    """[[key_dates]]: what everybody should know of; `meet` where people travel to it and a pair could meet."""

    key: Key
    name: Line
    meet: bool = False


class TrainingTable(Table):
    """[[trainings]]: sessions in the program's zone, or a recording, or both."""

    key: Key
    title: Line
    audience: list[RoleName]
    sessions: list[Session] = []
    minutes: int = Field(default=60, gt=0, le=DAY_MINUTES)
    link: Link = ""
    recording: Link = Field(default="", validate_default=True)

    @field_validator("audience")
    @classmethod
    def _somebody(cls, audience: list[Role]) -> list[Role]:
        if not audience:
            raise ValueError('A training is for somebody: write, for example, audience = ["mentor"].')
        return audience

    @field_validator("recording")
    @classmethod
    def _or_a_session(cls, recording: str, info: ValidationInfo) -> str:
        if not recording and info.data.get("sessions") == []:
            raise ValueError("A training has a session, or a recording, or both: this one has neither.")
        return recording


class ResourceTable(Table):
    """[[resources]]: something worth reading in a phase."""

    phase: PhaseName
    title: Line
    link: Link

    @field_validator("link")
    @classmethod
    def _some_link(cls, link: str) -> str:
        if not link:
            raise ValueError("A resource has a link: write it in full, with https://.")
        return link


class ProgramTable(Table):
    """The whole of program.toml."""

    key: Key
    name: Line
    zone: Zone
    first_day: Day
    last_day: Day
    goals: list[Line] = []
    areas: list[Line] = []
    interests: list[Line] = []
    phases: Windows = Windows()
    hours: Hours = Hours()
    quiet: list[Quiet] = []
    meetings: Meetings = Meetings()
    pairs: PairsTable = PairsTable()
    key_dates: list[KeyDateTable] = []
    trainings: list[TrainingTable] = []
    resources: list[ResourceTable] = []

    @field_validator("last_day")
    @classmethod
    def _after_the_first(cls, last: date, info: ValidationInfo) -> date:
        first = info.data.get("first_day")
        if first is None:
            return last
        if last < first:
            raise ValueError(f"The last day ({last}) comes after the first day ({first}), not before it.")
        if (days := (last - first).days + 1) > MOST_DAYS:
            raise ValueError(f"A program lasts three years at most; this one lasts {days} days.")
        if days < LEAST_DAYS:
            raise ValueError(f"A program lasts {LEAST_DAYS} days at least, one for each phase; this one lasts {days}.")
        return last
