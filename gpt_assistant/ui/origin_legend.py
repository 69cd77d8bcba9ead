"""What the shades mean: a line below the text with a sample of each that is in it, and its share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gpt_assistant.text.origins import EXPLAINED, NAMES_OF_ORIGINS, Origin
from gpt_assistant.ui.flow import FlowLayout
from gpt_assistant.ui.origin_looks import Looks
from gpt_assistant.ui.shading import draw
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, tool_button


class Sample(QLabel):
    """The name of one origin, shaded as its text is."""

    def __init__(self, origin: Origin, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._origin, self.looks = origin, looks
        self.setObjectName("originSample")
        self.setContentsMargins(6, 2, 6, 3)
        self.setToolTip(tr(EXPLAINED[origin]))

    def show_share(self, share: float, here: bool) -> None:
        """Show which part of the text it is; `here` for the one at the caret."""
        name = tr(NAMES_OF_ORIGINS[self._origin])
        text = tr("{name} {share}", name=name, share=percent(share))
        self.setText(text)
        self.setAccessibleName(tr("{name}, at the caret", name=text) if here else text)
        font = self.font()
        if font.bold() != here:
            font.setBold(here)
            self.setFont(font)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name on the page, and shade it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        if (look := self.looks.get(self._origin)) is not None:
            draw(painter, QRectF(self.rect()), look)
        painter.end()
        super().paintEvent(event)


class Legend(QFrame):
    """The line; hidden until it is shown."""

    def __init__(
        self, looks: Looks, statistics: Callable[[], object], hide: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("originLegend")
        self.setAccessibleName(tr("Who wrote what"))
        self._samples: dict[Origin, Sample] = {}
        self._flow = QWidget(self)
        flow = FlowLayout(self._flow)
        flow.setContentsMargins(0, 0, 0, 0)
        for origin in NAMES_OF_ORIGINS:
            self._samples[origin] = Sample(origin, looks, self._flow)
            flow.addWidget(self._samples[origin])
        self.nothing = label(tr("Nothing is known yet: what you write from now on is."), self._flow, "muted")
        flow.addWidget(self.nothing)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._flow, 1)
        self.details = tool_button(tr("Statistics…"), tr("Document statistics"), statistics, self)
        self.close_button = tool_button("✕", tr("Show the text without shades"), hide, self)
        row.addWidget(self.details, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.show_shares({}, None)
        self.hide()

    def set_looks(self, looks: Looks) -> None:
        """Use other colours."""
        for sample in self._samples.values():
            sample.looks = looks
            sample.update()

    def show_shares(self, shares: dict[Origin, float], here: Origin | None) -> None:
        """Show the origins that are in the text, the one at the caret in bold."""
        for origin, sample in self._samples.items():
            sample.setVisible(origin in shares)
            if origin in shares:
                sample.show_share(shares[origin], origin is here)
        self.nothing.setVisible(not set(shares) - {Origin.EARLIER})

    def shown(self) -> list[str]:
        """Return what is read there."""
        return [sample.text() for sample in self._samples.values() if not sample.isHidden()]


def percent(share: float) -> str:
    """Return a share as it is written: 12 %, or less than 1 %."""
    if 0 < share < 0.01:
        return tr("< 1 %")
    return tr("{share} %", share=min(round(100 * share), 99) if share < 1 else 100)
