"""How the window looks, speaks and moves."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option


@dataclass(frozen=True)
class AppearanceSettings:
    """How the window looks, speaks and moves."""

    theme: str = option(
        "system",
        label="Theme",
        help="Like the system follows the desktop's light or dark, and its high contrast.",
        group="Appearance and accessibility",
        choices=("system", "light", "dark", "contrast-light", "contrast-dark"),
        names={
            "system": "Like the system",
            "light": "Light",
            "dark": "Dark",
            "contrast-light": "High contrast, light",
            "contrast-dark": "High contrast, dark",
        },
    )
    interface_size: int = option(
        100,
        label="Size of the interface",
        help="In per cent of the system's font; documents have a font size of their own.",
        group="Appearance and accessibility",
        minimum=70,
        maximum=250,
    )
    language: str = option(
        "system",
        label="Language",
        help="Of menus and messages.",
        group="Languages",
        restart=True,
        choices=("system", "en", "zh_CN"),
        names={"system": "Like the system", "en": "English", "zh_CN": "简体中文"},
    )
    motion: str = option(
        "system",
        label="Motion",
        help="Less motion: nothing slides or blinks; what was scrolled is there at once.",
        group="Appearance and accessibility",
        choices=("system", "less", "full"),
        names={"system": "Like the system", "less": "Less motion", "full": "As designed"},
    )
    announce: str = option(
        "system",
        label="Announce suggestions",
        help="Have a screen reader read a suggestion once typing rests; automatic does where one runs.",
        group="Appearance and accessibility",
        choices=("system", "on", "off"),
        names={"system": "automatic", "on": "on", "off": "off"},
    )
    origins_shown: bool = option(
        False,
        label="Show who wrote what",
        help="Shade the text by whether it was typed, completed, rewritten, pasted and so on.",
        group="Appearance and accessibility",
    )
