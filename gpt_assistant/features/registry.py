"""Which feature answers which request. Imported on the model thread, for features import torch."""

from __future__ import annotations

from gpt_assistant.engine.messages import (
    Complete,
    Explain,
    Feel,
    FeelRest,
    Forget,
    LearnMood,
    Predict,
    PredictRest,
    Remember,
    Rewrite,
    Spell,
    SpellRest,
    Summarise,
    Translate,
    WeighWords,
)
from gpt_assistant.engine.worker import Features
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.explanation import Explainer
from gpt_assistant.features.personal import Personal
from gpt_assistant.features.predictability import Predictor
from gpt_assistant.features.rewrite import Rewriter
from gpt_assistant.features.sentiment import MoodReader
from gpt_assistant.features.spelling import Speller
from gpt_assistant.features.summary import Summariser
from gpt_assistant.features.translation import Translator
from gpt_assistant.storage.phrasefile import own_phrases


def features() -> Features:
    """Return the features by the type of request that they answer."""
    personal = Personal(own_phrases())
    completer = Completer(personal.phrases)
    predictor = Predictor()
    speller = Speller()
    moods = MoodReader()
    return {
        Complete: completer,
        Explain: Explainer(completer),
        Remember: personal.remember,
        Feel: moods,
        FeelRest: moods,
        WeighWords: moods.weigh,
        LearnMood: moods.learn,
        Forget: personal.forget,
        Predict: predictor,
        PredictRest: predictor,
        Rewrite: Rewriter(speller),
        Spell: speller,
        SpellRest: speller,
        Summarise: Summariser(),
        Translate: Translator(),
    }
