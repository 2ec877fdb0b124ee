"""What those who coordinate may look at: who would mentor again, and what became of pairs later."""

from dataclasses import dataclass

from bot.domain.people import Member, Person
from bot.domain.privacy import replies_for
from bot.domain.program import Program, Role
from bot.domain.replies import Question, Reply
from bot.usecases.world import World

ASKED = (Question.MENTOR_AGAIN, Question.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What people of a program have said to the questions that are for its coordinators."""

    program: Program
    said: tuple[tuple[Person, Reply], ...]

    def to(self, question: Question) -> list[tuple[Person, Reply]]:
        """Return the answers to one question, by the person's name."""
        return sorted((one for one in self.said if one[1].question is question), key=lambda one: one[0].name)


async def see_outlook(world: World, members: tuple[Member, ...]) -> list[Outlook]:
    """Return it for each program that the person coordinates, also one that has ended.

    Raises RuleBroken for who coordinates none.
    """
    coordinated = [member for member in members if Role.COORDINATOR in member.roles]
    if not coordinated:
        raise world.broken("coordinators_only_here")
    async with world.store.begin() as records:
        found = []
        for member in coordinated:
            pairs = await records.pairs(member.program.id)
            replies = await records.replies([pair.id for pair in pairs])
            people = {one.id: one for pair in pairs for one in (pair.mentor, pair.mentee)}
            seen = (
                reply
                for pair in pairs
                for reply in replies_for(replies.get(pair.id, ()), member.person.id, pair, coordinates=True)
            )
            said = ((people[one.person_id], one) for one in seen if one.question in ASKED and one.choice)
            found.append(Outlook(member.program, tuple(said)))
        return found
