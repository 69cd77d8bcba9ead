"""Which feature answers which request. Imported on the model thread, for features import torch."""

from __future__ import annotations

from gpt_assistant.engine.messages import (
    Complete,
    Forget,
    Remember,
    Rewrite,
    Spell,
    SpellRest,
    Summarise,
    Translate,
)
from gpt_assistant.engine.worker import Features
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.personal import Personal
from gpt_assistant.features.rewrite import Rewriter
from gpt_assistant.features.spelling import Speller
from gpt_assistant.features.summary import Summariser
from gpt_assistant.features.translation import Translator
from gpt_assistant.storage.phrasefile import own_phrases


def features() -> Features:
    """Return the features by the type of request that they answer."""
    personal = Personal(own_phrases())
    speller = Speller()
    return {
        Complete: Completer(personal.phrases),
        Remember: personal.remember,
        Forget: personal.forget,
        Rewrite: Rewriter(speller),
        Spell: speller,
        SpellRest: speller,
        Summarise: Summariser(),
        Translate: Translator(),
    }
