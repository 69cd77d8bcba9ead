"""Every setting, in one table: the dialog, the command-line options and the documentation come from it.

A field carries its label, help, group and, where it has one, its range or choices. `Settings` is
frozen; a change makes a new one. The file is TOML, made to be read (form.py); what it does not know is kept,
and a value out of range falls back to the default with a warning, so that a broken file never keeps the
window shut (store.py).
"""

from gpt_assistant.settings.option import option
from gpt_assistant.settings.shortcuts import Shortcuts
from gpt_assistant.settings.store import SettingsStore
from gpt_assistant.settings.table import Settings, fields, invalid

__all__ = ["Settings", "SettingsStore", "Shortcuts", "fields", "invalid", "option"]
