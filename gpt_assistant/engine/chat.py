"""Messages to a chat model, written as that model was taught: by the template that comes with it.

The templates are Jinja (transformers' chat_template). They are rendered by jinja2 itself, within bounds
(chat_template.py) and with what transformers gives them, for importing transformers costs three seconds that
the default model does not need. What is written in a message stays text: a "<|im_end|>" of the writer's is
not the end of the message to the model, so messages are rendered as marks, and put in their places as
tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from gpt_assistant.engine.chat_template import compiled
from gpt_assistant.engine.inspection import reason
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.text.told import told

Message = Mapping[str, str]

# What models end an answer with; those of them that a vocabulary has end it even where no file says so.
_ENDERS = (
    "<|im_end|>",
    "<|eot_id|>",
    "<|end_of_text|>",
    "<end_of_turn>",
    "<|end|>",
    "<|endoftext|>",
    "<eos>",
    "</s>",
)
_MARK = re.compile("\ue000(\\d+)\ue001")
_NAMED_TOKENS = ("bos_token", "eos_token", "unk_token", "pad_token")


class Chat:
    """How one model wants to be spoken to."""

    def __init__(self, model: LanguageModel) -> None:
        self._vocabulary = model.vocabulary
        self._folder = model.folder
        self._settings = _settings(model.folder / "tokenizer_config.json")
        self._source = _template(model.folder, self._settings)
        added = model.vocabulary.tokenizer.get_added_tokens_decoder()
        self._specials = {t.content: i for i, t in added.items() if t.special and t.content}

    @property
    def templated(self) -> bool:
        """Return whether the model was taught to answer messages; a base model only goes on with a text."""
        return bool(self._source)

    @cached_property
    def stop_ids(self) -> frozenset[int]:
        """Return the tokens that end an answer."""
        found = {self._specials[name] for name in _ENDERS if name in self._specials}
        if (own := self._specials.get(_content(self._settings.get("eos_token")))) is not None:
            found.add(own)
        for name in ("generation_config.json", "config.json"):
            listed = _settings(self._folder / name).get("eos_token_id")
            ids = listed if isinstance(listed, list) else [listed]
            found |= {i for i in ids if isinstance(i, int) and not isinstance(i, bool)}
        return frozenset(found)

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """Return the tokens of `messages` ({"role", "content"}) up to where the answer begins.

        For a model without a template they are the contents, a blank line between them. Raises
        ModelUnavailable if the model's template cannot be used.
        """
        contents = [message["content"] for message in messages]
        if not self._source:
            return self._vocabulary.start_ids + self._vocabulary.encode("\n\n".join(contents))
        try:
            rendered = self._render([{**m, "content": f"\ue000{i}\ue001"} for i, m in enumerate(messages)])
        except Exception as error:
            raise ModelUnavailable(
                told(
                    "The chat template of the model in {folder} cannot be read ({why}). "
                    "Remove the model and fetch it again.",
                    folder=str(self._folder),
                    why=reason(error),
                )
            ) from error
        if not any(name in content for name in self._specials for content in contents):
            # One piece: tokens may reach across the ends of a message, as they did in training.
            return self._encode(_MARK.sub(lambda mark: contents[int(mark[1])], rendered))
        ids: list[int] = []
        for i, piece in enumerate(_MARK.split(rendered)):
            ids += self._vocabulary.encode(contents[int(piece)]) if i % 2 else self._encode(piece)
        return ids

    def _encode(self, text: str) -> list[int]:
        """Return the tokens of `text`, in which the names of control tokens stand for these."""
        ids: list[int] = []
        pattern = "|".join(re.escape(name) for name in sorted(self._specials, key=len, reverse=True))
        for piece in re.split(f"({pattern})", text) if pattern else [text]:
            if piece in self._specials:
                ids.append(self._specials[piece])
            elif piece:
                ids += self._vocabulary.encode(piece)
        return ids

    def _render(self, messages: list[dict[str, str]]) -> str:
        try:
            return self._render_once(messages)
        except Exception:
            if messages[0]["role"] != "system":
                raise
        # Gemma's and others' refuse a system message: it goes before the writer's.
        joined = "\n\n".join(message["content"] for message in messages[:2])
        return self._render_once([{**messages[1], "content": joined}, *messages[2:]])

    def _render_once(self, messages: list[dict[str, str]]) -> str:
        tokens = {name: _content(self._settings.get(name)) for name in _NAMED_TOKENS}
        return self._compiled(messages=messages, add_generation_prompt=True, enable_thinking=False, **tokens)

    @cached_property
    def _compiled(self) -> Callable[..., str]:
        return compiled(self._source)


_chats: WeakKeyDictionary[LanguageModel, Chat] = WeakKeyDictionary()


def chat(model: LanguageModel) -> Chat:
    """Return how to speak to `model`, read from its folder at the first use."""
    if model not in _chats:
        _chats[model] = Chat(model)
    return _chats[model]


def prompt(model: LanguageModel, messages: Sequence[Message]) -> list[int]:
    """Return the tokens of `messages` up to where the answer begins; see Chat.prompt."""
    return chat(model).prompt(messages)


def stop_ids(model: LanguageModel) -> frozenset[int]:
    """Return the tokens that end an answer of `model`."""
    return chat(model).stop_ids


def _settings(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _template(folder: Path, settings: Mapping[str, Any]) -> str:
    """Return the template: of its own file, else of the tokenizer's settings; "" for none."""
    try:
        return (folder / "chat_template.jinja").read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        pass
    stored = settings.get("chat_template")
    if isinstance(stored, list):
        named = {entry.get("name"): entry.get("template") for entry in stored if isinstance(entry, dict)}
        stored = named.get("default") or next(iter(named.values()), "")
    return stored if isinstance(stored, str) else ""


def _content(token: object) -> str:
    """Return the text of a token as tokenizer_config.json has it: a string, or an object with one."""
    if isinstance(token, dict):
        token = token.get("content")
    return token if isinstance(token, str) else ""
