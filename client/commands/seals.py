"""The organs' electronic seals on the command line: brought in and withdrawn, what waits for one, and the ledger."""

import getpass
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from client.commands.acting import acting
from client.console import Console
from client.desk.seal_shelf import SealShelf, ShelvedSeal
from client.desk.sealing import Choice, Owed, Sealing
from client.errors import CaseError, Fault, StoreError
from client.house import Door, House
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.keys import Pin, SealKeys
from client.ports.papers import PAPER_WORDS
from client.secret_files import KEY_PIN_FILE, named_secret
from client.store.seals import LedgerEntry
from client.text import tr

LARGEST = 8 << 20  # bytes of a seal, as its reader has it

UNREADABLE = Fault("PAPER-241", tr("读不到印章文件{file}"), tr("请核对路径和读取权限"))
SEVERAL = Fault("PAPER-242", tr("有几把钥匙或几枚印章都可以用"), tr("请用 --key 写明钥匙：{known}"))
NOT_OWED = Fault(
    "PAPER-243", tr("文书{number}不在待用印之列"), tr("请用 yichuang seals owed 核对；已用印的请查用印登记簿")
)
NO_KEYS = Fault("PAPER-244", tr("本窗口没有设置密码钥匙"), tr("请大厅管理员在设置中登记seal_key，或者用 --keys 写明"))
NO_KEY_PIN = Fault("PAPER-245", tr("没有给出密码钥匙的口令"), tr("请在提示处输入，或者用{named}指明存放口令的文件"))

app = typer.Typer()
seals_app = typer.Typer(help="Seals of the organs: bring in, apply, the ledger.")
app.add_typer(seals_app, name="seals")


@seals_app.command("list")
def seals_list(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """The seals that lie at this window, for keys that carry none."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        found = SealShelf(house.counter, house.seals).shelved()
    Console(as_json=as_json).show([_shelved_document(each) for each in found], [_shelved_line(each) for each in found])


@seals_app.command("add")
def seals_add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.esl", help="The seal, as its maker gave it.")],
    *,
    organ: Annotated[
        str | None, typer.Option(metavar="USCC", help="Whose it is, where its certificates do not say.")
    ] = None,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Bring in a seal; one of the same id takes the place of the former."""
    door: Door = ctx.obj
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise StoreError(UNREADABLE, file=file.name) from error
    with door.write(profile) as house:
        seal = SealShelf(house.counter, house.seals).bring_in(content, acting(door, house, profile, staff), organ)
    told = tr("已导入 {name}，有效期至 {day}").format(name=seal.name, day=seal.valid_to.date())
    Console(as_json=as_json).show({"es_id": seal.es_id, "name": seal.name, "valid_to": seal.valid_to}, [told])


@seals_app.command("withdraw")
def seals_withdraw(
    ctx: typer.Context,
    es_id: Annotated[str, typer.Argument(metavar="ID", help="The seal, as `seals list` names it.")],
    organ: Annotated[str, typer.Option(metavar="USCC", help="Whose it is.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Use a seal no more; what it sealed stays sealed."""
    door: Door = ctx.obj
    with door.write(profile) as house:
        SealShelf(house.counter, house.seals).withdraw(organ, es_id, acting(door, house, profile, staff))
    Console(as_json=as_json).show({"es_id": es_id, "organ": organ}, [tr("已停用")])


@seals_app.command("owed")
def seals_owed(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """The papers that wait for their seal (待用印), oldest first."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        found = Sealing(house.counter, house.seals).owed()
    lines = [f"{each.case_number}  {each.paper_number or ''}  {each.words}  {each.organ_name}" for each in found]
    Console(as_json=as_json).show(found, lines)


@seals_app.command("ledger")
def seals_ledger(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """The newest lines of the ledger of seals (用印登记簿), wet ones too."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        found = Sealing(house.counter, house.seals).ledger()
        zone = house.counter.clock().tzinfo
    lines = [f"{each.applied_at.astimezone(zone):%Y-%m-%d %H:%M}  {_entry_words(each)}" for each in found]
    Console(as_json=as_json).show(found, lines)


@seals_app.command("apply")
def seals_apply(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Of the paper, or of its case.")],
    *,
    keys: Annotated[
        str | None, typer.Option("--keys", metavar="ADDRESS", help="Instead of the setting `seal_key`.")
    ] = None,
    key_id: Annotated[str | None, typer.Option("--key", metavar="ID", help="Which key, where several may.")] = None,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Seal a paper that waits for it with the organ's key.

    The key's PIN is asked for, or read from the file that YICHUANG_KEY_PIN_FILE names.
    """
    door: Door = ctx.obj
    with door.write(profile) as house:
        by, sealing = acting(door, house, profile, staff), Sealing(house.counter, house.seals)
        owed = _owed(sealing, number)
        with closing(_keys(door, house, keys)) as found:
            choice = _chosen(sealing, owed, found, key_id)
            begun = sealing.begin(owed.paper_id, by, choice)
            with _pin() as pin:
                begun, signature = begun.signed(lambda what: found.sign(choice.key.id, choice.certificate, what, pin))
        sealing.finish(begun, signature, by)
    told = tr("已用印：{paper}，{seal}").format(paper=owed.paper_number or owed.words, seal=choice.seal.name)
    document = {"number": owed.paper_number, "seal": choice.seal.name, "es_id": choice.seal.es_id}
    Console(as_json=as_json).show({**document, "certificate": choice.certificate.serial}, [told])


def _owed(sealing: Sealing, number: str) -> Owed:
    wanted = number.replace("-", "")
    for each in sealing.owed():
        if number == each.paper_number or wanted == each.case_number.replace("-", ""):
            return each
    raise CaseError(NOT_OWED, number=number)


def _keys(door: Door, house: House, address: str | None) -> SealKeys:
    at = address or house.counter.settings.seal_key
    if at is None:
        raise CaseError(NO_KEYS)
    return door.kinds(house.counter.settings).key.hand_of(at)


def _chosen(sealing: Sealing, owed: Owed, found: SealKeys, key_id: str | None) -> Choice:
    plugged = [key for key in found.plugged() if key_id in (None, key.id)]
    choices = sealing.choices(owed.paper_id, plugged, found.seals)
    if len(choices) > 1:
        raise CaseError(SEVERAL, known="、".join(f"{each.key.id} {each.seal.name}" for each in choices))
    return choices[0]


def _pin() -> Pin:
    given = named_secret(KEY_PIN_FILE)
    if given is None and sys.stdin.isatty():
        given = getpass.getpass(tr("密码钥匙口令：", "prompt"))
    if not given:
        raise CaseError(NO_KEY_PIN, named=KEY_PIN_FILE)
    return Pin(given.encode())


def _shelved_document(shelved: ShelvedSeal) -> dict[str, object]:
    seal = shelved.seal
    return {
        "organ": shelved.organ,
        "es_id": seal.es_id,
        "name": seal.name,
        "version": seal.version,
        "valid_from": seal.valid_from,
        "valid_to": seal.valid_to,
    }


def _shelved_line(shelved: ShelvedSeal) -> str:
    until = tr("有效期至 {day}").format(day=shelved.seal.valid_to.date())
    return f"{shelved.organ}  {shelved.organ_name}  {shelved.seal.es_id}  {shelved.seal.name}  {until}"


def _entry_words(entry: LedgerEntry) -> str:
    by = tr("电子印章 {id}").format(id=entry.es_id) if entry.es_id else tr("实体印章")
    paper = entry.paper_number or PAPER_WORDS[entry.kind]
    return f"{entry.case_number}  {paper}  {entry.seal}  {by}  {entry.staff_no}"
