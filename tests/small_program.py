"""A small program for tests: the same people everywhere, so that a name tells what they may see.

Maya is Tom's mentee and Lena their liaison. Noor is in two pairs: she mentors Ben, who lives in Guam, and is Ines's
mentee. Ada coordinates. Charlie is a reader and must see nothing private. Robin is a stranger.
"""

from datetime import UTC, datetime

from bot.content.designs import read_program
from bot.content.rosters import Roster, read_roster
from bot.domain.program import Program
from bot.usecases.load_program import load_program
from bot.usecases.ports import Store

DESIGN = """key = "first-year"
name = "First Year"
zone = "America/Chicago"
first_day = 2017-06-01
last_day = 2018-04-30
"""
ROSTER = """kind,key,name,slack,email,zone,roles,mentor,mentee,liaison,rhythm,starts,ends
person,maya,Maya Okafor,U0MAYA,,America/Chicago,mentee,,,,,,
person,tom,Tom Lindqvist,U0TOM,,America/New_York,mentor,,,,,,
person,noor,Noor Haddad,U0NOOR,,America/Denver,mentor mentee,,,,,,
person,ben,Ben Castillo,U0BEN,,Pacific/Guam,mentee,,,,,,
person,ines,Inês Duarte,U0INES,,America/Chicago,mentor,,,,,,
person,lena,Lena Brandt,U0LENA,,America/Chicago,liaison,,,,,,
person,ada,Ada Novak,U0ADA,,America/Chicago,coordinator,,,,,,
person,charlie,Charlie Price,U0CHARLIE,,America/Chicago,reader,,,,,,
pair,tom-maya,,,,,,tom,maya,lena,every two weeks,,
pair,noor-ben,,,,,,noor,ben,lena,monthly,,
pair,ines-noor,,,,,,ines,noor,lena,,,
"""
STRANGER = "U0STRANGER"
FRIDAY_MORNING = datetime(2017, 6, 16, 15, tzinfo=UTC)  # 10:00 in Chicago, 11:00 in New York, 1:00 on Saturday in Guam


def small_program(design: str = DESIGN, roster: str = ROSTER) -> tuple[Program, Roster]:
    """Read the small program, or another one."""
    program = read_program(design)
    return program, read_roster(roster, "roster.csv", program)


async def load_small_program(store: Store, now: datetime, team_id: str = "T0TANDEM") -> None:
    """Load it into `store`."""
    program, roster = small_program()
    async with store.begin() as records:
        workspace = await records.workspace(team_id)
        await load_program(records, workspace.id, program, roster, now)
