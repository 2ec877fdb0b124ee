"""Follow an account: who leaves hears nothing any more; who comes back does."""

from datetime import timedelta

from bot.domain.people import Person
from bot.usecases.find_people import SlackUser
from bot.usecases.follow_account import follow_account, follow_accounts
from tests.usecases.conftest import Setting


async def somebody(setting: Setting, slack_id: str = "U0MAYA") -> tuple[str, Person]:
    async with setting.world.store.begin() as records:
        workspace = (await records.workspace("T0TANDEM")).id
        person = await records.person_of_slack_user(workspace, slack_id)
    assert person is not None
    return workspace, person


async def test_who_has_left_is_not_written_to_and_the_partner_is(setting: Setting) -> None:
    workspace, _ = await somebody(setting)

    assert await follow_account(setting.world, workspace, "U0MAYA", gone=True)

    assert (await somebody(setting))[1].unreachable == "deactivated"
    assert await setting.told("maya", within=timedelta(days=20)) == []
    assert await setting.told("tom") != []


async def test_who_comes_back_is_written_to_again(setting: Setting) -> None:
    workspace, _ = await somebody(setting)
    await follow_account(setting.world, workspace, "U0MAYA", gone=True)

    assert await follow_account(setting.world, workspace, "U0MAYA", gone=False)

    assert (await somebody(setting))[1].unreachable == ""
    assert await setting.told("maya", within=timedelta(days=20)) != []


async def test_a_change_of_anything_else_changes_nothing(setting: Setting) -> None:
    workspace, maya = await somebody(setting)

    assert not await follow_account(setting.world, workspace, "U0MAYA", gone=False)
    assert not await follow_account(setting.world, workspace, "U0STRANGER", gone=True)

    assert (await somebody(setting))[1] == maya


async def test_leaving_twice_is_leaving_once(setting: Setting) -> None:
    workspace, _ = await somebody(setting)

    assert await follow_account(setting.world, workspace, "U0MAYA", gone=True)
    assert not await follow_account(setting.world, workspace, "U0MAYA", gone=True)


async def test_who_cannot_be_reached_for_another_reason_stays_so_at_a_new_status(setting: Setting) -> None:
    workspace, maya = await somebody(setting)
    async with setting.world.store.begin() as records:
        await records.mark_unreachable(maya.id, "cannot_dm_bot", setting.now)

    assert not await follow_account(setting.world, workspace, "U0MAYA", gone=False)

    assert (await somebody(setting))[1].unreachable == "cannot_dm_bot"


class Accounts:
    """Slack's list of people: all are members, but for those that a test names."""

    def __init__(self, *, gone: str = "", guest: str = "") -> None:
        self.gone, self.guest, self.asked = gone, guest, 0

    async def by_email(self, email: str) -> SlackUser | None:
        raise NotImplementedError

    async def by_id(self, slack_id: str) -> SlackUser | None:
        self.asked += 1
        return SlackUser(slack_id, None, deleted=slack_id == self.gone, guest=slack_id == self.guest)


async def a_day_passes(setting: Setting, accounts: Accounts) -> None:
    for _ in range(24 * 12):
        await follow_accounts(setting.world, accounts)
        setting.now += timedelta(minutes=5)


async def test_everybodys_account_is_asked_about_once_a_day(setting: Setting) -> None:
    accounts = Accounts()

    await a_day_passes(setting, accounts)

    assert accounts.asked == 8


async def test_whose_account_was_closed_while_nobody_listened_is_found(setting: Setting) -> None:
    await a_day_passes(setting, Accounts(gone="U0MAYA"))

    assert (await somebody(setting))[1].unreachable == "deactivated"
    assert "Messages do not reach Maya" in "".join(await setting.told("tom", within=timedelta(days=4)))


async def test_of_who_is_a_guest_from_the_beginning_the_others_hear_once(setting: Setting) -> None:
    for _ in range(3):
        await a_day_passes(setting, Accounts(guest="U0MAYA"))

    told = "".join(await setting.told("tom", within=timedelta(days=9)))
    assert told.count("Maya is a guest in this Slack workspace.") == 1
    assert "".join(await setting.told("lena")).count("*Maya Okafor*, whose partner is *Tom Lindqvist*, is a guest") == 1
    assert "guest" not in "".join(await setting.told("maya"))
