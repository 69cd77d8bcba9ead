"""Light and dark, each also in high contrast: four palettes and one style sheet.

They follow the system or the setting, at once. The grey of suggestions (`PlaceholderText`) has a contrast of
at least 4:1 on the page; in high contrast every text has at least 7:1 (WCAG 2.2, "enhanced"), suggestions
have a frame as well, and what has the keyboard a frame of two pixels.

Sizes of text, and of what has to hold text, come from the font; what is given in pixels here are lines and
gaps. Qt scales both with the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from gpt_assistant import paths
from gpt_assistant.settings import Settings
from gpt_assistant.ui.contrast import is_seen
from gpt_assistant.ui.ghost import HIGH_CONTRAST_PROPERTY, system_wants_contrast
from gpt_assistant.ui.motion import reduced_motion


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a theme, as #rrggbb."""

    window: str
    page: str
    text: str
    muted: str
    ghost: str
    line: str
    hover: str
    accent: str
    on_accent: str
    selection: str
    warning: str
    match: str
    added: str
    added_page: str
    removed: str
    removed_page: str
    misspelt: str  # no word at all
    misused: str  # not the word that is meant
    focus: str = "1px"  # how thick the frame is around what has the keyboard


LIGHT = Colours(
    window="#f3f3f1",
    page="#fdfdfc",
    text="#22252a",
    muted="#61666f",
    ghost="#777d87",
    line="#dededa",
    hover="#e7e7e4",
    accent="#2b66c9",
    on_accent="#ffffff",
    selection="#cfe0fb",
    warning="#a63a1d",
    match="#ffe9a8",
    added="#17683a",
    added_page="#dcf2e2",
    removed="#a3262b",
    removed_page="#fbe2e0",
    misspelt="#c62b2b",
    misused="#1f5fd6",
)
DARK = Colours(
    window="#1b1c1f",
    page="#222327",
    text="#dfe1e5",
    muted="#9a9fa8",
    ghost="#868c96",
    line="#35373c",
    hover="#2e3035",
    accent="#6ea3f5",
    on_accent="#10131a",
    selection="#2f4a78",
    warning="#f0927a",
    match="#5c4d16",
    added="#86d6a2",
    added_page="#1d3a29",
    removed="#f59a94",
    removed_page="#472628",
    misspelt="#ff7d72",
    misused="#74a8ff",
)


CONTRAST_LIGHT = Colours(
    window="#ffffff",
    page="#ffffff",
    text="#000000",
    muted="#1c1c1c",
    ghost="#4d4d4d",
    line="#000000",
    hover="#dcdcdc",
    accent="#003c9e",
    on_accent="#ffffff",
    selection="#a9cdff",
    warning="#8a1500",
    match="#ffe066",
    added="#00461c",
    added_page="#d7f7e1",
    removed="#7a0010",
    removed_page="#ffe2e0",
    misspelt="#b00014",
    misused="#003c9e",
    focus="2px",
)
CONTRAST_DARK = Colours(
    window="#000000",
    page="#000000",
    text="#ffffff",
    muted="#e6e6e6",
    ghost="#b4b4b4",
    line="#ffffff",
    hover="#2e2e2e",
    accent="#8cc4ff",
    on_accent="#000000",
    selection="#00408f",
    warning="#ffb59e",
    match="#5c4700",
    added="#8effb2",
    added_page="#003315",
    removed="#ffb5b2",
    removed_page="#4a0007",
    misspelt="#ff9a94",
    misused="#8cc4ff",
    focus="2px",
)
_FONT_PROPERTY = "systemFont"  # of the application
_OWN = ("misspelt", "misused")  # the colours that the writer may change; a suggestion's are the editor's
THEMES = ("system", "light", "dark", "contrast-light", "contrast-dark")


def colours(dark: bool, contrast: bool = False) -> Colours:
    """Return the colours to use."""
    if contrast:
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT


class Theme(QObject):
    """Dresses the application; one per process."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = "system"
        self._font = _system_font()
        self._size = 100
        self._own: tuple[tuple[str, str], ...] = ()  # the writer's colours for `_OWN`, on light and on dark
        self._listeners: list[Callable[[Colours], None]] = []
        self.current = LIGHT
        if QApplication.style().name() != "fusion":
            QApplication.setStyle(QStyleFactory.create("Fusion"))
        QApplication.styleHints().colorSchemeChanged.connect(self.refresh)
        if (accessibility := getattr(QApplication.styleHints(), "accessibility", None)) is not None:
            accessibility().contrastPreferenceChanged.connect(self.refresh)  # since Qt 6.10

    @property
    def dark(self) -> bool:
        """Return whether the dark palette is in use."""
        if self._choice != "system":
            return self._choice in ("dark", "contrast-dark")
        return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def contrast(self) -> bool:
        """Return whether it is high contrast: chosen, or what the system asks for."""
        return self._choice.startswith("contrast-") or system_wants_contrast()

    def subscribe(self, listener: Callable[[Colours], None]) -> None:
        """Call `listener` with the colours now and at every change."""
        self._listeners.append(listener)
        listener(self.current)

    def unsubscribe(self, listener: Callable[[Colours], None]) -> None:
        """Call `listener` no longer."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def apply(self, settings: Settings) -> None:
        """Look as `settings` say."""
        own = (
            (settings.misspelt_light, settings.misspelt_dark),
            (settings.misused_light, settings.misused_dark),
        )
        wanted = (settings.theme, settings.interface_size, own)
        if wanted != (self._choice, self._size, self._own):
            self._choice, self._size, self._own = wanted
            font = QFont(self._font)
            font.setPointSizeF(self._font.pointSizeF() * self._size / 100)
            if font != QApplication.font():
                QApplication.setFont(font)
            self.refresh()

    def refresh(self) -> None:
        """Dress everything anew: what the system or the writer wants has changed."""
        self.current = self._with_own(colours(self.dark, self.contrast))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setProperty(HIGH_CONTRAST_PROPERTY, self.contrast)
            application.setPalette(palette(self.current))
            application.setStyleSheet(style_sheet(self.current, reduced_motion(), self._size))
        for listener in self._listeners:
            listener(self.current)

    def _with_own(self, found: Colours) -> Colours:
        """Return `found` with the writer's own colours that can be seen; high contrast stays as it is."""
        if self.contrast:
            return found
        page = QColor(found.page)
        wanted = {name: pair[self.dark] for name, pair in zip(_OWN, self._own, strict=False)}
        seen = {name: each for name, each in wanted.items() if each and is_seen(QColor(each), page)}
        return replace(found, **seen)


def _system_font() -> QFont:
    """Return the font that the application began with, whatever size it has by now."""
    application = QApplication.instance()
    assert application is not None
    if application.property(_FONT_PROPERTY) is None:
        application.setProperty(_FONT_PROPERTY, QApplication.font())
    return QFont(application.property(_FONT_PROPERTY))


def palette(c: Colours) -> QPalette:
    """Return the palette of `c`."""
    role = QPalette.ColorRole
    result = QPalette(QColor(c.window))
    for each, colour in {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.page,
        role.AlternateBase: c.window,
        role.Text: c.text,
        role.PlaceholderText: c.ghost,
        role.Button: c.window,
        role.ButtonText: c.text,
        role.BrightText: c.warning,
        role.ToolTipBase: c.page,
        role.ToolTipText: c.text,
        role.Highlight: c.selection,
        role.HighlightedText: c.text,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Accent: c.accent,
        role.Mid: c.line,
    }.items():
        result.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, each, QColor(c.ghost))
    # By its own style Qt takes shades of the button for these, which are none on black.
    result.setColor(role.Light, QColor(c.hover))
    result.setColor(role.Dark, QColor(c.line))
    return result


def _tick(c: Colours) -> str:
    return _icon("check-dark" if QColor(c.on_accent).lightness() < 128 else "check-light")


def _icon(name: str) -> str:
    return paths.resource(f"icons/{name}.svg").as_posix()


# How long Qt's own sliding takes; with no time for it nothing slides.
_STILL = """
QAbstractScrollArea, QTabBar, QScrollBar, QProgressBar, QComboBox, QMenu, QPushButton, QToolButton {
    widget-animation-duration: 0; }
"""


def style_sheet(c: Colours, still: bool = False, size: int = 100) -> str:
    """Return the style sheet of `c`: flat controls, thin lines, room around things.

    `still` moves nothing; `size` is that of the letters in per cent.
    """
    return (
        (_STILL if still else "")
        + f"""
QMainWindow, QDialog {{ background: {c.window}; }}
QMenuBar {{ background: {c.window}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ background: {c.hover}; }}
QMenu {{ background: {c.page}; border: 1px solid {c.line}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 28px; border-radius: 5px; }}
QMenu::item:selected {{ background: {c.hover}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.ghost}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 8px; }}
QMenu::indicator {{ left: 5px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QTabBar {{ background: {c.window}; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; padding: 7px 12px; border: none;
    border-bottom: 2px solid transparent; min-width: 60px; max-width: 240px; }}
QTabBar::tab:hover {{ color: {c.text}; background: {c.hover}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
QTabBar:focus {{ border: {c.focus} solid {c.accent}; }}
QScrollArea:focus {{ border: {c.focus} solid {c.accent}; }}
QStatusBar {{ background: {c.window}; border-top: 1px solid {c.line}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel, QStatusBar QToolButton {{ color: {c.muted}; padding: 1px 4px; }}
QStatusBar QLabel#problem {{ color: {c.warning}; }}
QFrame#notice, QWidget#findBar {{ background: {c.window}; border-bottom: 1px solid {c.line}; }}
QFrame#originLegend, QFrame#moodLegend {{ background: {c.window}; border-top: 1px solid {c.line}; }}
QFrame#reviewLane {{ background: {c.window}; border: none; }}
QTextBrowser#reviewText {{ background: {c.page}; border: 1px solid {c.line}; border-radius: 6px; }}
QTextBrowser#reviewText:focus {{ border: {c.focus} solid {c.accent}; }}
QPlainTextEdit, QTextEdit {{ background: {c.page}; border: 1px solid {c.line}; border-radius: 6px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: {c.focus} solid {c.accent}; }}
QPlainTextEdit#editor, QPlainTextEdit#editor:focus {{ background: {c.page}; border: none; border-radius: 0; }}
QLabel#laneTitle {{ font-weight: 600; }}
QSplitter::handle {{ background: {c.line}; }}
QFrame#palette {{ background: {c.window}; border: 1px solid {c.line}; border-radius: 8px; }}
QFrame#palette QListView {{ background: transparent; border: none; outline: none;
    selection-background-color: {c.selection}; selection-color: {c.text}; }}
QFrame#palette QListView::item {{ border-radius: 4px; }}
QFrame#palette QListView::item:selected {{ background: {c.selection}; color: {c.text}; }}
QFrame#palette QListView::item:hover {{ background: {c.hover}; }}
QFrame#palette QListView::item:selected:hover {{ background: {c.selection}; }}
QLabel#muted {{ color: {c.muted}; }}
QLabel#warning {{ color: {c.warning}; }}
QLabel#title {{ font-size: {15 * size / 100:g}pt; font-weight: 600; }}
QLabel#group {{ font-weight: 600; padding: 10px 0 0 0; }}
QToolButton#closeTab {{ color: {c.muted}; padding: 0; min-width: 18px; min-height: 18px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton {{ background: {c.page}; border: 1px solid {c.line}; border-radius: 6px; padding: 5px 13px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:focus {{ border: {c.focus} solid {c.accent}; }}
QPushButton:default {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent}; }}
QPushButton:default:focus {{ border: {c.focus} solid {c.text}; }}
QPushButton:checked {{ background: {c.selection}; border: 1px solid {c.accent}; }}
QPushButton:disabled {{ color: {c.ghost}; background: {c.hover}; border: 1px solid {c.line}; }}
QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 3px 7px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:focus {{ border: {c.focus} solid {c.accent}; }}
QToolButton:checked {{ background: {c.selection}; border: 1px solid {c.accent}; }}
QCheckBox::indicator, QListView::indicator, QMenu::indicator {{ width: 15px; height: 15px;
    border: 1px solid {c.muted}; border-radius: 4px; background: {c.page}; }}
QCheckBox::indicator:focus, QCheckBox::indicator:hover {{ border: 1px solid {c.accent}; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QMenu::indicator:checked {{
    background: {c.accent}; border: 1px solid {c.accent}; image: url({_tick(c)}); }}
QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; }}
QCheckBox::indicator:checked:focus {{ border: 2px solid {c.text}; }}
QMenu::indicator:exclusive {{ border-radius: 7px; }}
QComboBox, QSpinBox {{ background: {c.page}; border: 1px solid {c.line}; border-radius: 6px;
    padding: 4px 4px 4px 8px; min-height: 16px; }}
QComboBox:focus, QSpinBox:focus {{ border: {c.focus} solid {c.accent}; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow, QSpinBox::down-arrow {{ image: url({_icon("down")}); width: 12px; height: 12px; }}
QSpinBox::up-arrow {{ image: url({_icon("up")}); width: 12px; height: 12px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 18px; background: transparent; }}
QComboBox QAbstractItemView {{ background: {c.page}; border: 1px solid {c.line}; outline: none;
    selection-background-color: {c.selection}; selection-color: {c.text}; }}
QLineEdit {{ background: {c.page};
    border: 1px solid {c.line}; border-radius: 6px; padding: 4px 7px; selection-color: {c.text};
    selection-background-color: {c.selection}; }}
QLineEdit:focus {{ border: {c.focus} solid {c.accent}; }}
QLineEdit[invalid="true"] {{ border: 1px solid {c.warning}; }}
QListWidget {{ background: {c.page}; border: 1px solid {c.line}; border-radius: 6px; padding: 3px; }}
QTreeWidget {{ background: {c.page}; border: 1px solid {c.line}; border-radius: 6px; padding: 3px; }}
QTreeWidget::item {{ padding: 3px 2px; }}
QTreeWidget::item:selected {{ background: {c.selection}; color: {c.text}; }}
QHeaderView::section {{ background: {c.page}; color: {c.muted}; padding: 3px 4px; border: none;
    border-bottom: 1px solid {c.line}; }}
QListWidget:focus, QListView:focus, QTreeView:focus {{ border: {c.focus} solid {c.accent}; }}
QListWidget::item {{ padding: 5px; border-radius: 4px; }}
QListWidget::item:selected {{ background: {c.selection}; color: {c.text}; }}
QScrollArea {{ border: none; background: transparent; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QToolTip {{ background: {c.page}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 4px; margin: 2px; min-height: 28px;
    min-width: 28px; }}
QScrollBar::handle:hover {{ background: {c.ghost}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; border: none; width: 0; height: 0; }}
"""
    )
