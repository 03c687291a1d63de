"""Whose names and phones stand on the papers: the catalogue's words of each organ, as the hall corrects them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from client.rules.items import Organ
from client.text import tr
from ui.setup.rows import FieldRow
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField
from ui.widgets.panel import Panel, words
from ui.widgets.typed import PHONE, WORDS, Typed

_PHONE = Typed(PHONE.fold, PHONE.meant, latin=True)  # an organ's phone is public
WORDS_OF_ORGAN: Mapping[str, tuple[str, Typed]] = {
    "name": (tr("机关名称"), WORDS),
    "department": (tr("承办部门"), WORDS),
    "advice_phone": (tr("咨询电话"), _PHONE),
    "supervision_phone": (tr("监督电话"), _PHONE),
    "review_organ": (tr("复议机关"), WORDS),
    "court": (tr("诉讼法院"), WORDS),
}


class OrganPanel(Panel):
    """One organ at a time; what was typed of the others is kept."""

    def __init__(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(tr("实施机关"))
        self._organs: dict[str, Organ] = {}
        self._own = {uscc: dict(own) for uscc, own in kept.items()}
        self._choice: Choice | None = None
        self._fields: dict[str, TextField] = {}
        self.body.addWidget(words(tr("印在文书上的名称和电话；与事项目录相同的不必改"), "small", wrap=True))

    def offer(self, organs: Sequence[Organ]) -> None:
        """The organs of the catalogue, once it is read; the first is shown."""
        if not organs:
            return
        self._organs = {organ.uscc: organ for organ in organs}
        self._choice = Choice(tr("实施机关"), [(organ.uscc, organ.name) for organ in organs])
        self._choice.put(organs[0].uscc)
        self._choice.edited.connect(self._show)
        self.body.addWidget(FieldRow(tr("机关"), self._choice))
        for key, (name, typed) in WORDS_OF_ORGAN.items():
            field = self._fields[key] = TextField(name, typed=typed)
            field.edited.connect(lambda key=key: self._keep(key))
            self.body.addWidget(FieldRow(name, field))
        self._show()

    def values(self) -> dict[str, dict[str, str]]:
        """By 统一社会信用代码 what is other than in the catalogue."""
        return {uscc: own for uscc, own in self._own.items() if own}

    @property
    def fields(self) -> Sequence[QWidget]:
        """Where the keyboard stops, in order."""
        return [] if self._choice is None else [self._choice, *self._fields.values()]

    def _chosen(self) -> str:
        return "" if self._choice is None else self._choice.value()

    def _show(self) -> None:
        uscc = self._chosen()
        known = self._organs[uscc].model_dump() | self._own.get(uscc, {})
        for key, field in self._fields.items():
            field.put(known[key])

    def _keep(self, key: str) -> None:
        uscc = self._chosen()
        if uscc not in self._organs:
            return
        own, typed = self._own.setdefault(uscc, {}), self._fields[key].value().strip()
        if typed and typed != getattr(self._organs[uscc], key):
            own[key] = typed
        else:
            own.pop(key, None)
