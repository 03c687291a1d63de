"""Why the platform refused the chosen entry: the differences field by field, and a key for each lawful choice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from client.desk.exceptions import CHOICE_WORDS, IN_WRITING, CaseIssue, Choice, Exceptions
from client.rules.rights import RIGHTS, Right
from client.text import bracketed, tr
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

WITHDRAWAL = tr("书面撤回申请的名称、日期")
WHERE = tr("纸质材料在哪里、由谁核对")
_SECOND = frozenset({Choice.WINDOW_WITHDRAWN, Choice.SECOND_NUMBER, Choice.WITHOUT_FILE})


class IssuePanel(Panel):
    """`show_issue` tells of one, or of none; the choices are for whoever may send refused entries again.

    That what is merely sent again is a verb of the page's own; where nothing else is to be said the panel is not there.
    """

    decided = Signal(int)  # case_id: its event goes up again

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("异常办件（待处置）"))
        self._seat = seat
        self._issue: CaseIssue | None = None
        self._may = Right.RETRY_REFUSED in RIGHTS[seat.session.role]
        self.said = words("", wrap=True, selectable=True)
        self._paper = QLineEdit()
        self._paper.setAccessibleName(tr("依据", "a paper"))
        self.body.addWidget(self.said)
        self.body.addWidget(self._paper)
        row = QHBoxLayout()
        self.choices = {choice: self._button(choice, seat) for choice in Choice if choice is not Choice.SEND_AGAIN}
        for button in self.choices.values():
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def show_issue(self, issue: CaseIssue | None) -> None:
        if issue == self._issue:
            return
        self._issue = issue
        self.setVisible(issue is not None and _says_more(issue))
        self._paper.clear()
        if issue is None:
            return
        lines = [f"{issue.case_number} · {issue.words} · {issue.kind}{bracketed(issue.reason)}"]
        lines += [
            tr("{field}：本窗口 {ours}，平台 {theirs}").format(field=field, ours=ours or "—", theirs=theirs or "—")
            for field, ours, theirs in issue.differences
        ]
        self.said.setText("\n".join(lines))
        for choice, button in self.choices.items():
            button.setVisible(self._may and choice in issue.choices)
        self._paper.setVisible(self._may and not IN_WRITING.isdisjoint(issue.choices))
        self._paper.setPlaceholderText(WHERE if Choice.WITHOUT_FILE in issue.choices else WITHDRAWAL)

    def _button(self, choice: Choice, seat: Seat) -> KeyButton:
        # What is offered together has different keys, sending again in the list included; the others share them.
        key = seat.keys["choose_other"] if choice in _SECOND else seat.keys["retry_refused"]
        return KeyButton(CHOICE_WORDS[choice], key, lambda: self._choose(choice), look="verb")

    def _choose(self, choice: Choice) -> None:
        issue, seat, reason = self._issue, self._seat, self._paper.text()
        if issue is None:
            return
        by, exceptions = seat.acting(), Exceptions(seat.house.counter)
        if by is None:
            return

        def done(case: str) -> None:
            seat.notices.good(tr("已重新排队上传"), case)
            self.decided.emit(issue.case_id)

        seat.tasks.run(
            seat.lanes.store, lambda: exceptions.choose(issue.event_id, choice, by, reason), done, owner=self
        )


def _says_more(issue: CaseIssue) -> bool:
    """Whether there is more to it than the reason, which stands in the list."""
    return bool(issue.differences) or set(issue.choices) != {Choice.SEND_AGAIN}
