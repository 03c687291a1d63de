"""How large a page stands in its view, and which part of it is in sight: reckoned, not painted."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

from client.ports.pages import WHOLE, Part

FULL_WIDTH = 1.0
STEPS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0)  # times the width of the view; at 8 a page of 300 dpi shows each of its dots


@dataclass(frozen=True, slots=True)
class Zoom:
    """A page in its view. `tall`: its height to its width; `scale`: its width to the view's; `at`: the view's corner.

    In pixels of the screen. A page that is smaller than its view stands in the middle of it.
    """

    view: QSizeF
    tall: float
    scale: float = FULL_WIDTH
    at: QPointF = field(default_factory=QPointF)

    @property
    def page(self) -> QSizeF:
        width = self.view.width() * self.scale
        return QSizeF(width, width * self.tall)

    @property
    def whole(self) -> float:
        """The scale at which all of the page is in sight; a low page is no wider than the view for that."""
        high = self.view.width() * self.tall
        return min(FULL_WIDTH, self.view.height() / high) if high > 0 else FULL_WIDTH

    @property
    def steps(self) -> tuple[float, ...]:
        """The scales a key goes through, the smallest first."""
        least = self.whole
        return (*([least] if least < FULL_WIDTH else []), FULL_WIDTH, *STEPS)

    @property
    def larger(self) -> float:
        return next((step for step in self.steps if step > self.scale), STEPS[-1])

    @property
    def smaller(self) -> float:
        return next((step for step in reversed(self.steps) if step < self.scale), self.steps[0])

    @property
    def where(self) -> QRectF:
        """The whole page as it lies in the view, most of it perhaps outside."""
        page, spare = self.page, self.view - self.page
        left = spare.width() / 2 if spare.width() > 0 else -self.at.x()
        top = spare.height() / 2 if spare.height() > 0 and self.scale < FULL_WIDTH else -self.at.y()
        return QRectF(QPointF(left, top), page)

    @property
    def in_sight(self) -> Part:
        """What of the page is in the view."""
        where = self.where
        seen = where.intersected(QRectF(QPointF(), self.view))
        if seen.isEmpty():
            return WHOLE
        left, top = (seen.left() - where.left()) / where.width(), (seen.top() - where.top()) / where.height()
        right, bottom = left + seen.width() / where.width(), top + seen.height() / where.height()
        return Part(left, top, min(right, 1.0), min(bottom, 1.0))

    def scaled(self, scale: float, about: QPointF) -> "Zoom":
        """The page at that scale; what is at `about` in the view stays there, where there is enough of the page."""
        where = self.where
        share_x = (about.x() - where.left()) / max(where.width(), 1.0)
        share_y = (about.y() - where.top()) / max(where.height(), 1.0)
        page = replace(self, scale=scale).page
        return replace(self, scale=scale, at=QPointF(share_x * page.width(), share_y * page.height()) - about).held()

    def held(self) -> "Zoom":
        """With the view's corner where there is page in all of the view, as far as there is enough of it."""
        spare = self.page - self.view
        x, y = min(self.at.x(), spare.width()), min(self.at.y(), spare.height())
        return replace(self, at=QPointF(max(x, 0.0), max(y, 0.0)))


def rect_of(part: Part, within: QRectF) -> QRectF:
    """Where that part of a page lies, when the page lies in `within`."""
    return QRectF(
        within.left() + part.left * within.width(),
        within.top() + part.top * within.height(),
        part.width * within.width(),
        part.height * within.height(),
    )
