"""A colour of the writer's own in the settings: a button shows it, and how well it is seen on the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QPushButton

from gpt_assistant.ui.contrast import MINIMUM_CONTRAST, contrast
from gpt_assistant.ui.settings_controls import Control, Place
from gpt_assistant.ui.theme import DARK, LIGHT, Colours
from gpt_assistant.ui.tr import tr

_SWATCH = 18
_GAP = 6  # between it and the words; the style sheet leaves none


def colour(place: Place) -> Control:
    """Return a button that opens a dialog; a colour that is hardly seen is not taken, and it is said why.

    The setting's name ends in "_light" or "_dark" for the page; before it stands the theme's name of it.
    """
    name, _, page = place.field.name.rpartition("_")
    theme = DARK if page == "dark" else LIGHT
    return _ColourButton(place, getattr(theme, name), theme).as_control()


class _ColourButton(QPushButton):
    """Shows a colour, and takes another."""

    def __init__(self, place: Place, usual: str, theme: Colours) -> None:
        super().__init__(place.parent)
        self._place, self._usual, self._page = place, usual, QColor(theme.page)
        self._value = ""
        self.setAutoDefault(False)
        self.setIconSize(QSize(_SWATCH + _GAP, _SWATCH))
        self.clicked.connect(lambda _checked=False: self._ask())

    def as_control(self) -> Control:
        return Control(self, self._show)

    def _show(self, value: str) -> None:
        self._value = value
        shown = QColor(value or self._usual)
        ratio = contrast(shown, self._page)
        self.setIcon(_swatch(shown, self._page))
        self.setText(tr("{colour} · {ratio:.1f}:1", colour=value or tr("The theme's"), ratio=ratio))
        self.setToolTip(tr("The number is its contrast on the page; at least 3:1 is needed."))

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._value or self._usual), self)
        # The system's own could not be used by the keyboard alone everywhere, nor be closed with this one.
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(self.accessibleName())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, chosen: QColor) -> None:
        ratio = contrast(chosen, self._page)
        if ratio < MINIMUM_CONTRAST:
            line = tr(
                "{colour} is hardly seen on the page: its contrast is {ratio:.1f}:1, and 3:1 is needed."
            )
            self._place.say(line.format(colour=chosen.name(), ratio=ratio))
            return
        self._place.change(chosen.name())


def _swatch(shown: QColor, page: QColor) -> QIcon:
    """Return a stroke of the colour on the page."""
    picture = QPixmap(_SWATCH + _GAP, _SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.fillRect(0, 0, _SWATCH, _SWATCH, page)
    painter.setPen(QPen(shown, 5))
    painter.drawLine(3, _SWATCH // 2, _SWATCH - 4, _SWATCH // 2)
    painter.end()
    return QIcon(picture)
