"""The page 用印 at a real window: sealing by keys, what keeps a paper from its seal, the ledger, and judging a file."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.paperwork import Paperwork
from client.desk.sealing import Sealing
from client.errors import DeviceState
from client.ports.keys import KeyOnHand, Pin, PinRefused
from client.ports.papers import PaperKind
from client.ports.printer import PrintState
from client.ports.statements import Part, Standing
from client.store import prints
from devices.keys.simulated import PIN, SimulatedKeys
from printing.press import A4Press
from printing.seals.pdf.judging import judge_pdf
from printing.spool import render_waiting
from tests.desk.counter import CARD, CLERK, COLLEAGUE, FOOD, Desk
from tests.seals.hall import SEALS
from tests.seals.office import SIGNED_AT, office
from tests.seals.papers import notice, sealed
from tests.ui.listing import Shown, shown
from ui.clerk.seals.asked import Asked
from ui.clerk.seals.page import SealsPage
from ui.seat import Seat

At = Shown[SealsPage]
ROOT = Path(__file__).parents[2]
OFD_SAMPLE = ROOT / "tests" / "seals" / "samples" / "ofdrw.ofd"
SEAL_SAMPLE = ROOT / "resources" / "samples" / "seals" / "UserV4.esl"


@pytest.fixture
def keys() -> SimulatedKeys:
    return SimulatedKeys(pace=0)


@pytest.fixture
def papers(desk: Desk) -> list[int]:
    """Two notices of the food authority and one of the office of social security wait for their seals."""
    found = []
    for item in (FOOD, FOOD, CARD):
        case_id = desk.draft(item)
        desk.intake.accept(case_id, CLERK)
        render_waiting(desk.memory.spool(desk.clock), A4Press())
        found += [each.paper_id for each in desk.papers(case_id) if each.kind is PaperKind.ACCEPTANCE_NOTICE]
    return found


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, keys: SimulatedKeys, papers: list[int]) -> Iterator[At]:
    assert papers
    with_keys = replace(seat, hands=replace(seat.hands, keys=keys))
    with shown(qtbot, desk, with_keys, frame, SealsPage(with_keys)) as found:
        settled(found)
        yield found


def settled(at: At) -> None:
    """The chosen paper's keys were asked."""
    card = at.page.card
    at.until(lambda: not at.page._settled.isActive() and "正在" not in card.text and bool(card.text.strip()))
    at.quiet()


def owed(at: At) -> list[int]:
    return [each.paper_id for each in Sealing(at.desk.counter, SEALS).owed()]


def type_pin(at: At, digits: bytes = PIN, *, enter: bool = True) -> None:
    at.page.card.pin.setFocus()
    at.write(digits.decode())
    if enter:
        at.hit("Return")
    at.until(lambda: not at.page.sealer.is_at_work)
    at.quiet()


def test_the_chosen_paper_is_sealed_by_enter_pin_enter(at: At, papers: list[int]) -> None:
    assert "示例市市场监督管理局行政许可专用章（训练用）" in at.page.card.text
    assert "11110101000000001D" in at.page.card.text
    assert "口令还可以试 6 次　训练用的钥匙，口令 123456" in at.page.card.text
    at.page.queue.setFocus()
    at.hit("Return")
    assert at.page.card.pin.hasFocus()
    type_pin(at)
    assert at.notice.startswith("✓ 已用印，正在打印")
    assert owed(at) == papers[1:]
    (verdict,) = SEALS.judge(Paperwork(at.desk.counter).page(papers[0]), "paper", at.desk.clock())
    assert verdict.ok
    with at.desk.memory.read() as connection:
        found = prints.get(connection, papers[0], 0)
    assert found is not None
    assert found.state is PrintState.ASKED
    assert at.page.card.pin.value() == ""


def test_all_that_one_key_may_are_sealed_with_one_pin(at: At, papers: list[int], keys: SimulatedKeys) -> None:
    at.page.card.pin.setFocus()
    at.write(PIN.decode())
    at.press("seal_all")
    at.until(lambda: not at.page.sealer.is_at_work)
    at.quiet()
    assert owed(at) == papers[2:], "another organ's key is plugged in too, and was not asked with this one's PIN"
    assert "已用印 2 份，未用印 1 份" in at.notice
    assert "示例市人力资源和社会保障局的文书要用另一枚印章" in at.notice
    assert [key.tries_left for key in keys.plugged()] == [6, 6, 6]


def test_a_pin_goes_to_no_other_key_than_it_was_typed_for(at: At, papers: list[int], keys: SimulatedKeys) -> None:
    type_pin(at, b"000000", enter=False)
    at.page.queue.choose(papers[2])
    at.until(lambda: "社会保障" in at.page.card.text)
    assert at.page.card.pin.value() == ""
    type_pin(at, b"000000", enter=False)
    at.page.left()
    assert at.page.card.pin.value() == "", "whoever comes to the page next types a PIN"
    at.page.shown()
    type_pin(at, b"000000", enter=False)
    keys.pull("simulated:TRAINING0003")
    at.hit("Return")
    at.until(lambda: not at.page.sealer.is_at_work)
    settled(at)
    assert [key.tries_left for key in keys.plugged()] == [6, 6]
    assert owed(at) == papers


def test_of_a_row_the_papers_of_other_organs_are_left_and_told(at: At, papers: list[int], keys: SimulatedKeys) -> None:
    keys.pull("simulated:TRAINING0003")
    at.page.card.pin.setFocus()
    at.write(PIN.decode())
    at.press("seal_all")
    at.until(lambda: not at.page.sealer.is_at_work)
    at.quiet()
    assert owed(at) == papers[2:]
    assert "已用印 2 份，未用印 1 份" in at.notice
    assert "示例市人力资源和社会保障局" in at.notice


def test_a_wrong_pin_seals_nothing_and_ends_the_row(at: At, papers: list[int]) -> None:
    at.page.card.pin.setFocus()
    at.write("000000")
    at.press("seal_all")
    at.until(lambda: not at.page.sealer.is_at_work)
    settled(at)
    assert owed(at) == papers
    assert "口令不对，还可以试5次" in at.notice
    assert "口令还可以试 5 次" in at.page.card.text
    assert at.page.card.pin.hasFocus(), "it is typed once more where it was typed"
    at.write(PIN.decode())
    at.hit("Return")
    at.until(lambda: not at.page.sealer.is_at_work)
    at.quiet()
    assert owed(at) == papers[1:], "the step is repeated at once"


def mistaken(at: At, keys: SimulatedKeys, times: int) -> None:
    """So many wrong PINs were typed elsewhere, for the key of the first paper."""
    first = keys.plugged()[0]
    for _ in range(times):
        with pytest.raises(PinRefused), Pin(b"000000") as pin:
            keys.sign(first.id, first.certificates[0], b"", pin)
    at.seat.bell.keys_changed.emit()
    at.until(at.page._settled.isActive)
    settled(at)


def test_the_last_try_wants_a_second_enter(at: At, papers: list[int], keys: SimulatedKeys) -> None:
    mistaken(at, keys, 5)
    assert "口令只剩最后一次" in at.page.card.text
    type_pin(at)
    assert "再按一次" in at.page.card.text
    assert owed(at) == papers
    at.hit("Return")
    at.until(lambda: not at.page.sealer.is_at_work)
    at.quiet()
    assert owed(at) == papers[1:]


def test_a_locked_key_takes_no_pin(at: At, papers: list[int], keys: SimulatedKeys) -> None:
    mistaken(at, keys, 5)
    type_pin(at, b"000000")
    at.hit("Return")
    at.until(lambda: not at.page.sealer.is_at_work)
    settled(at)
    assert "已锁死" in at.notice
    assert "口令已锁死" in at.page.card.text
    assert not at.page.card.pin.isEnabled()
    assert at.page.card.seal.isHidden(), "no dead button"
    assert owed(at) == papers


def test_a_key_that_is_pulled_out_seals_nothing_and_the_step_is_repeated(
    at: At, papers: list[int], keys: SimulatedKeys
) -> None:
    keys.fail_next(DeviceState.ABSENT)
    type_pin(at)
    assert "在使用中被拔出" in at.notice
    assert owed(at) == papers
    settled(at)
    type_pin(at)
    assert owed(at) == papers[1:]


def test_without_the_organs_key_it_is_said_whose_is_wanted(at: At, keys: SimulatedKeys) -> None:
    keys.pull("simulated:TRAINING0001")
    at.seat.bell.keys_changed.emit()
    at.until(lambda: "请换用示例市市场监督管理局的密码钥匙" in at.page.card.text)
    assert not at.page.card.pin.isVisible()
    for key_id in keys.present():
        keys.pull(key_id)
    at.seat.bell.keys_changed.emit()
    at.until(lambda: "没有插入示例市市场监督管理局的密码钥匙" in at.page.card.text)


def test_a_window_without_keys_says_so(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, papers: list[int]) -> None:
    with shown(qtbot, desk, seat, frame, SealsPage(seat)) as found:
        found.until(lambda: "本窗口没有设置密码钥匙" in found.page.card.text)
    assert papers


def test_an_empty_pin_sends_nothing_to_the_key(at: At, papers: list[int], keys: SimulatedKeys) -> None:
    at.page.card.pin.setFocus()
    at.hit("Return")
    assert owed(at) == papers
    assert keys.plugged()[0].tries_left == 6


def test_the_ledger_tells_of_key_and_digest(at: At, papers: list[int]) -> None:
    type_pin(at)
    at.desk.paperwork.apply_wet_seal(papers[2], CLERK, "业务专用章")
    at.press("part_2")
    at.until(lambda: len(at.page.ledger.table.lines.lines) == 2)
    wet, electronic = (line.row for line in at.page.ledger.table.lines.lines)
    assert (wet.es_id, electronic.paper_id) == (None, papers[0])
    at.page.ledger.table.choose(electronic.entry_id)
    told = at.page.ledger.facts.text
    assert "经办人工号 1001" in told
    assert "证书持有者 示例市市场监督管理局" in told, "the certificate names an organ, who acted stands beside it"
    assert f"{electronic.sm3}" in told
    at.hit("Return")
    assert QGuiApplication.clipboard().text() == electronic.sm3
    assert at.page.place()["part"] == 1


def test_a_sealed_file_is_judged_in_words(at: At, tmp_path: Path) -> None:
    at.press("part_3")
    assert at.page.verifying.field.hasFocus()

    def verdict(content: bytes) -> str:
        file = tmp_path / "paper.pdf"
        file.write_bytes(content)
        at.page.verifying.field.setText(str(file))
        at.hit("Return")
        return at.page.verifying.text

    type_pin_page = Paperwork(at.desk.counter).page(owed(at)[0])
    assert verdict(type_pin_page).startswith("✓ 真实：与本机保存的一字不差")
    assert verdict(type_pin_page + b"\n").startswith("▲ 不能证明真伪：二维码没有签名")
    into = BytesIO()
    Image.new("L", (60, 60), "white").save(into, "PDF")
    assert verdict(into.getvalue()).startswith("▲ 没有电子签章")
    foreign = sealed(notice(), office())
    assert "▲ 证书信任链" in verdict(foreign)
    at.press("part_1")
    paper_id = owed(at)[0]
    settled(at)
    type_pin(at)
    at.press("part_3")
    page = Paperwork(at.desk.counter).page(paper_id)
    assert verdict(page).startswith("✓ 真实有效")
    changed = bytearray(page)
    changed[2000] ^= 1
    assert "▲ 文件未改动" in verdict(bytes(changed))
    assert verdict(b"rubbish").startswith("▲ 这不是电子印章")
    at.page.verifying.field.setText(str(tmp_path / "none.pdf"))
    at.hit("Return")
    assert at.page.verifying.text.startswith("▲ 读不到文件")


def test_a_paper_that_is_scanned_is_judged_by_its_code(at: At, tmp_path: Path, papers: list[int]) -> None:
    """By a reader that types, or as the picture of a scanner; the next scan takes the place of the last."""
    at.press("part_3")
    drawn = pypdfium2.PdfDocument(at.desk.paperwork.page(papers[0]))[0].render(scale=2.5).to_pil()
    (code,) = (each.text for each in zxingcpp.read_barcodes(drawn) if each.text.startswith("YC2:"))
    drawn.save(tmp_path / "scan.jpg")
    at.write(code)
    at.hit("Return")
    assert at.page.verifying.text.startswith("▲ 不能证明真伪：二维码没有签名，以印章为准\n说明 只核对了二维码")
    assert "\n文书 受理通知书\n" in at.page.verifying.text
    assert "本机有这份文书的记录：待用印" in at.page.verifying.text
    at.desk.paperwork.replace(papers[0], CLERK, COLLEAGUE, "打印模糊")
    at.write(code)
    at.hit("Return")
    assert at.page.verifying.text.startswith("▲ 不能采信：该文书已作废")
    at.write(code[:90])
    at.hit("Return")
    assert at.page.verifying.text.startswith("▲ 文书二维码的内容不完整")
    judged(at, tmp_path / "scan.jpg")
    assert at.page.verifying.text.startswith("▲ 不能采信：该文书已作废")


def test_what_was_altered_is_named_before_what_its_seal_says(at: At) -> None:
    asked = SEALS.papers.prove_file(at.desk.paperwork.page(owed(at)[0]), at.desk.clock())
    altered = replace(asked, standing=Standing.ALTERED, altered=(Part.NUMBER, Part.NAME))
    of = office()
    right = judge_pdf(sealed(notice(), of), SIGNED_AT, of.trust)
    at.page.verifying._judged(Asked(b"", right, None))
    assert at.page.verifying.text.startswith("✓ 真实有效")
    at.page.verifying._judged(Asked(b"", right, altered))
    assert at.page.verifying.text.startswith("▲ 不能采信：被改动过")
    assert "▲ 不一致 文书编号、申请人" in at.page.verifying.text


def judged(at: At, file: Path) -> None:
    at.page.verifying.field.setText(str(file))
    at.page.verifying.field.setFocus()
    at.hit("Return")
    at.until(lambda: not at.page.verifying.text.startswith("正在"))


def test_it_opens_where_its_user_was(at: At, papers: list[int]) -> None:
    at.page.go_to({"part": 0, "paper": papers[2]})
    at.until(lambda: at.page.place()["paper"] == papers[2])
    at.until(lambda: "社会保障" in at.page.card.text)


def test_whoever_comes_to_seal_a_paper_types_the_pin_at_once(at: At, papers: list[int]) -> None:
    at.page.go_to({"part": 0, "paper": papers[2], "pin": True})
    at.until(at.page.card.pin.hasFocus)
    assert "社会保障" in at.page.card.text
    at.write(PIN.decode())
    at.hit("Return")
    at.until(lambda: owed(at) == papers[:2])


def test_whoever_went_on_meanwhile_keeps_the_keyboard(at: At, papers: list[int]) -> None:
    at.page.go_to({"part": 0, "paper": papers[2], "pin": True})
    at.page.verifying.field.setFocus()
    settled(at)
    at.until(lambda: "社会保障" in at.page.card.text)
    assert not at.page.card.pin.hasFocus()


def test_a_key_that_comes_leaves_the_pin_and_the_keyboard_where_they_are(at: At, keys: SimulatedKeys) -> None:
    keys.pull("simulated:TRAINING0003")
    type_pin(at, b"123", enter=False)
    keys.plug("simulated:TRAINING0003")
    at.seat.bell.keys_changed.emit()
    settled(at)
    assert (at.page.card.pin.value(), at.page.card.pin.hasFocus()) == ("123", True)


def test_when_nothing_is_to_be_typed_any_more_the_queue_has_the_keyboard(at: At, keys: SimulatedKeys) -> None:
    at.page.card.pin.setFocus()
    keys.pull("simulated:TRAINING0001")
    at.seat.bell.keys_changed.emit()
    at.until(lambda: "请换用" in at.page.card.text)
    assert at.page.queue.hasFocus()


def test_a_key_with_the_makers_pin_is_warned_of(at: At, keys: SimulatedKeys) -> None:
    (first, *others) = keys.plugged()
    told: list[KeyOnHand] = [replace(first, pin_is_default=True), *others]
    keys.plugged = lambda: told  # type: ignore[method-assign]  # a key that still has it
    at.seat.bell.keys_changed.emit()
    at.until(lambda: "仍是出厂口令" in at.page.card.text)
