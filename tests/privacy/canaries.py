"""The canaries: a string of its own for each private word, and who may ever read it.

The table is written by hand from what Tandem promises to people ("only you two", "your liaison sees the date only"),
and not from the code that keeps the promise.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

TOKEN = re.compile(r"zq\d{4}x")
MINUTES, PAST_THE_HOUR = 47, 13
FACTS_OF_TWO = re.compile(rf"\b{MINUTES} min|:{PAST_THE_HOUR}\b")
"""How long the pairs meet, and when they mean to: facts of which a liaison sees the date only."""

PAIRS = {"noor-ben": ("noor", "ben"), "ines-noor": ("ines", "noor"), "tom-maya": ("tom", "maya")}
COORDINATORS = ("ada", "lou")
OF_PAIRS = frozenset(one for two in PAIRS.values() for one in two)
EVERYBODY = ("maya", "tom", "noor", "ben", "ines", "lena", "lou", "ada", "charlie", "robin")


class For(Enum):
    """For whom a word is meant."""

    WRITER = "who wrote it"
    TWO = "the two of the pair"
    LIAISON = "who wrote it and the liaison, or the coordinators while messages do not reach the liaison"
    COORDINATORS = "who wrote it and the coordinators, but not a liaison of the pair"
    MATCHERS = "who wrote it, the liaison and the coordinators"
    BOTH_DONE = "the partner, too, once both have said what is next"


WHO_MAY_READ = {
    "typed and not sent": For.WRITER,
    "agreement: confidential": For.TWO,
    "agreement: off limits": For.TWO,
    "agreement: ending": For.TWO,
    "agreement: expectations": For.TWO,
    "goal: what": For.TWO,
    "goal: why": For.TWO,
    "goal: help": For.TWO,
    "goal: measure": For.TWO,
    "goal: a word": For.TWO,
    "meeting: next step": For.TWO,
    "meeting: notes": For.TWO,
    "meeting: private": For.WRITER,
    "meeting: correction": For.TWO,
    "appointment: place": For.TWO,
    "next step": For.TWO,
    "something is in the way": For.LIAISON,
    "something is in the way, past the liaison": For.COORDINATORS,
    "why it ends": For.LIAISON,
    "why it ends, past the liaison": For.COORDINATORS,
    "a new partner": For.MATCHERS,
    "growth": For.TWO,
    "thanks": For.BOTH_DONE,
    "later": For.COORDINATORS,
}


@dataclass(frozen=True)
class Canary:
    """One string: what it was written as, by whom, in which pair."""

    token: str
    what: str
    writer: str
    pair: str

    @property
    def meant_for(self) -> For:
        """For whom it is."""
        return WHO_MAY_READ[self.what]


@dataclass
class Cage:
    """All canaries, and what decides who may read them: who follows a pair now, and who has rounded off."""

    canaries: dict[str, Canary] = field(default_factory=dict)
    liaisons: dict[str, str] = field(default_factory=lambda: dict.fromkeys(PAIRS, "lena"))
    gone: set[str] = field(default_factory=set)
    rounded_off: set[tuple[str, str]] = field(default_factory=set)
    thanks_are_out: bool = False
    read: set[tuple[str, str, str]] = field(default_factory=set)

    def write(self, what: str, writer: str, pair: str) -> str:
        """Return a new word, for this field of that person's."""
        token = f"zq{len(self.canaries):04}x"
        self.canaries[token] = Canary(token, what, writer, pair)
        return token

    def may_read(self, canary: Canary, reader: str) -> bool:
        """Tell whether somebody may read it, as things stand."""
        if reader == canary.writer:
            return True
        two, liaison = PAIRS[canary.pair], self.liaisons[canary.pair]
        both = all((canary.pair, one) in self.rounded_off for one in two)
        beside = reader not in two
        return {
            For.WRITER: False,
            For.TWO: reader in two,
            For.LIAISON: beside and (reader == liaison or (liaison in self.gone and reader in COORDINATORS)),
            For.COORDINATORS: beside and reader in COORDINATORS and reader != liaison,
            For.MATCHERS: beside and (reader == liaison or reader in COORDINATORS),
            For.BOTH_DONE: reader in two and (both or self.thanks_are_out),
        }[canary.meant_for]

    def check(self, reader: str, text: str, where: str) -> None:
        """Fail where `reader` sees a word that is not for them; note what, by whom, they have read."""
        assert reader in OF_PAIRS or not FACTS_OF_TWO.search(text), f"{reader} reads in {where}"
        for token in set(TOKEN.findall(text)):
            canary = self.canaries[token]
            assert self.may_read(canary, reader), f"{reader} reads in {where}: {canary}"
            if reader != canary.writer:
                self.read.add((canary.what, canary.writer, reader))

    def check_nobody(self, texts: Iterable[str], where: str) -> None:
        """Fail where there is any word of theirs at all."""
        for text in texts:
            strayed = [self.canaries[token] for token in TOKEN.findall(text)]
            assert not strayed, f"{where} holds {strayed}"
