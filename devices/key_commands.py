"""The seal keys' part of the command line: which are plugged in, and a signature of one."""

import getpass
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from client.console import Console
from client.errors import DeviceError, DeviceState, Fault, StoreError
from client.options import Json
from client.ports.keys import KEY_STACK_WORDS, KeyOnHand, Pin, SealKeys
from client.proof.certificates import Certificate, KeyAlgorithm
from client.secret_files import KEY_PIN_FILE, named_secret
from client.text import tr

key_app = typer.Typer(help="Seal keys: list them, sign with one.")

NO_PIN = Fault("DEV-510", tr("没有给出密码钥匙的口令"), tr("请在提示处输入，或者用{named}指明存放口令的文件"))
NOT_READ = Fault("DEV-511", tr("读不到要签名的文件{file}"), tr("请核对路径和读取权限"))
NOT_WRITTEN = Fault("DEV-512", tr("签名没有写成文件{file}"), tr("请核对目录和磁盘空间后再签一次"))
NO_READER = Fault(
    "DEV-529", tr("端口{port}没有虚拟读卡器"), tr("请先安装vsmartcard-vpcd并启动pcscd；或者用--port给出另一个端口")
)

Keys = Annotated[
    str, typer.Option("--keys", metavar="ADDRESS", help="As the setting `seal_key` has it: pcsc:, skf:PATH, simulated.")
]


@key_app.command("list")
def key_list(*, keys: Keys = "pcsc:", as_json: Json = False) -> None:
    """The keys that are plugged in, each with the certificates it may sign with."""
    with closing(_keys(keys)) as found:
        plugged = found.plugged()
    Console(as_json=as_json).show([_as_json(key) for key in plugged], [line for key in plugged for line in _lines(key)])


@key_app.command("sign")
def key_sign(
    key_id: Annotated[str, typer.Option("--id", metavar="ID", help="The key, as `key list` names it.")],
    file: Annotated[Path, typer.Option("--file", metavar="F", help="What is signed, byte for byte.")],
    out: Annotated[Path, typer.Option("--out", metavar="SIG.der", help="Where the signature goes.")],
    *,
    keys: Keys = "pcsc:",
    certificate: Annotated[
        str | None,
        typer.Option("--certificate", metavar="SERIAL", help="Which of its certificates; the first otherwise."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Sign a file with a key, verify the signature at once, and write it.

    The key's PIN is asked for, or read from the file that YICHUANG_KEY_PIN_FILE names. Simulated keys have 123456.
    """
    try:
        message = file.read_bytes()
    except OSError as error:
        raise StoreError(NOT_READ, file=file) from error
    with closing(_keys(keys)) as found:
        chosen = _certificate(found, key_id, certificate)
        with _pin() as pin:
            signature = found.sign(key_id, chosen, message, pin)
    try:
        out.write_bytes(signature)
    except OSError as error:
        raise StoreError(NOT_WRITTEN, file=out) from error
    told = tr("已签名并核验：{holder}，{algorithm}，{size} 字节").format(
        holder=chosen.holder, algorithm=chosen.algorithm_words, size=len(signature)
    )
    result = {"id": key_id, "subject": chosen.subject, "serial": chosen.serial, "algorithm": chosen.algorithm_words}
    Console(as_json=as_json).show({**result, "bytes": len(signature)}, [told])


@key_app.command("simulate")
def key_simulate(
    *,
    port: Annotated[int, typer.Option("--port", help="Where vpcd waits for a card.")] = 35963,
    key: Annotated[int, typer.Option("--key", min=1, help="Which training key, from 1.")] = 1,
    every: Annotated[bool, typer.Option("--all", help="All training keys on one card.")] = False,
    algorithm: Annotated[
        KeyAlgorithm, typer.Option("--algorithm", help="Another kind than SM2 is drawn anew.")
    ] = KeyAlgorithm.SM2,
    fail: Annotated[str | None, typer.Option("--fail", metavar="STEP:HOW", help="What goes wrong once.")] = None,
) -> None:
    """Play a smart-card seal key in a virtual reader (vpcd), until it is stopped. Its PIN is 123456."""
    from devices.keys.virtual_card.card import Failure, VirtualCard  # noqa: PLC0415 - the card loads when it is played
    from devices.keys.virtual_card.line import inserted  # noqa: PLC0415 - same
    from devices.keys.virtual_card.secrets import drawn_key, training_keys  # noqa: PLC0415 - same

    try:
        failure = Failure.parse(fail) if fail else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    trained = training_keys()
    if algorithm is not KeyAlgorithm.SM2:
        chosen = [drawn_key(algorithm)]
    else:
        chosen = list(trained) if every else list(trained[key - 1 : key])
    if not chosen:
        raise typer.BadParameter(str(key))
    card = VirtualCard(chosen)
    card.fail(failure)
    try:
        put = inserted(card, port)
    except OSError as error:
        raise DeviceError(DeviceState.ABSENT, NO_READER, device="vpcd", port=port) from error
    said = tr("模拟智能卡已插入（端口{port}）：{holders}").format(
        port=port, holders="、".join(each.label for each in chosen)
    )
    Console(as_json=False).show({"port": port}, [said])
    put.wait()


def _keys(address: str) -> SealKeys:
    from devices.keys.use import keys_of  # noqa: PLC0415 - the stacks load late: other commands start without them

    return keys_of(address)


def _certificate(found: SealKeys, key_id: str, serial: str | None) -> Certificate:
    from devices.keys.faults import NO_KEY, NO_SUCH_CERTIFICATE  # noqa: PLC0415 - same

    key = next((key for key in found.plugged() if key.id == key_id), None)
    if key is None:
        raise DeviceError(DeviceState.ABSENT, NO_KEY, device=found.name)
    fitting = [each for each in key.certificates if serial in (None, each.serial)]
    if not fitting:
        raise DeviceError(DeviceState.ABSENT, NO_SUCH_CERTIFICATE, device=found.name)
    return fitting[0]


def _pin() -> Pin:
    given = named_secret(KEY_PIN_FILE)
    if given is None and sys.stdin.isatty():
        given = getpass.getpass(tr("密码钥匙口令：", "prompt"))
    if not given:
        raise DeviceError(DeviceState.LOCKED, NO_PIN, device="", named=KEY_PIN_FILE)
    return Pin(given.encode())


def _as_json(key: KeyOnHand) -> dict[str, object]:
    certificates = [
        {
            "subject": each.subject,
            "issuer": each.issuer,
            "serial": each.serial,
            "not_before": each.not_before.isoformat(),
            "not_after": each.not_after.isoformat(),
            "usage": list(each.usage),
            "algorithm": each.algorithm_words,
            "unit_code": each.unit_code,
        }
        for each in key.certificates
    ]
    return {
        "id": key.id,
        "stack": key.stack.value,
        "label": key.label,
        "serial": key.serial,
        "certificates": certificates,
        "tries_left": key.tries_left,
    }


def _lines(key: KeyOnHand) -> list[str]:
    tries = "" if key.tries_left is None else tr("，口令剩余 {count} 次").format(count=key.tries_left)
    head = f"{key.id}  {key.label}（{KEY_STACK_WORDS[key.stack]}{tries}）"
    until = tr("{algorithm}，有效期至 {day}")
    return [
        head,
        *(
            f"  {each.holder} {each.unit_code}  "
            + until.format(algorithm=each.algorithm_words, day=each.not_after.date())
            for each in key.certificates
        ),
    ]
