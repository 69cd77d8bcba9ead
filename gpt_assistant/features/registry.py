"""Which feature answers which request. Imported on the model thread, for features import torch."""

from __future__ import annotations

from gpt_assistant.engine import housekeeping
from gpt_assistant.engine.messages import (
    Complete,
    Explain,
    Feel,
    FeelRest,
    FetchModel,
    Forget,
    KeepRemoteKey,
    LearnMood,
    ListDevices,
    ListModels,
    ListRemoteModels,
    Mask,
    Predict,
    PredictRest,
    Remember,
    RemoveModel,
    Rewrite,
    Spell,
    SpellRest,
    Summarise,
    TestRemote,
    Translate,
    Unlock,
    UseRemote,
    WeighWords,
)
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.worker import Features
from gpt_assistant.features import masking_choice
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.explanation import Explainer
from gpt_assistant.features.personal import Personal
from gpt_assistant.features.predictability import Predictor
from gpt_assistant.features.remote_completion import RemoteCompleter
from gpt_assistant.features.remote_requests import RemoteControl
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
    remote = RemoteEngine()
    control = RemoteControl(remote)
    return {
        Complete: RemoteCompleter(completer, remote),
        FetchModel: housekeeping.fetch_model,
        ListDevices: housekeeping.list_devices,
        ListModels: housekeeping.list_models,
        RemoveModel: housekeeping.remove_model,
        Explain: Explainer(completer),
        Remember: personal.remember,
        Feel: moods,
        FeelRest: moods,
        WeighWords: moods.weigh,
        LearnMood: moods.learn,
        Forget: personal.forget,
        Unlock: personal.unlock,
        Predict: predictor,
        PredictRest: predictor,
        KeepRemoteKey: control.key,
        ListRemoteModels: control.models,
        Mask: masking_choice.answer,
        Rewrite: Rewriter(speller, remote),
        Spell: speller,
        SpellRest: speller,
        Summarise: Summariser(remote),
        TestRemote: control.test,
        Translate: Translator(remote),
        UseRemote: control.use,
    }
