"""GPT Assistant: a desktop editor that writes along with you and keeps your text on your machine."""

__version__ = "0.1.0"
