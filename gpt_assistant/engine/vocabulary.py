"""The tokens of a model as byte strings, sorted, so that "which tokens start with…" is a bisection.

Token healing needs bytes and not text: a token may end in the middle of a UTF-8 character, and what
the writer typed may begin in the middle of a token. Two families cover the models in use: byte-level
BPE (GPT-2, Llama 3, Qwen, SmolLM), whose token strings are bytes under a reversible map, and
SentencePiece style (Llama 2, Gemma), which writes a space as "▁" and raw bytes as <0xNN>.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import OrderedDict

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from gpt_assistant.text.told import told

Ids = npt.NDArray[np.int64]

_BYTE_TOKEN = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_REMEMBERED_PREFIXES = 512
_SEPARATORS = ("<|endoftext|>", "<|end_of_text|>", "<bos>", "<s>", "</s>", "<eos>")


class Vocabulary:
    """A tokenizer seen as byte strings.

    `tokens[i]` holds the bytes that token i stands for, b"" for control tokens, which never match.
    """

    def __init__(self, tokenizer: Tokenizer, size: int = 0) -> None:
        self.tokenizer = tokenizer
        # "<|im_end|>" in the writer's text is text, and no word to the model.
        tokenizer.encode_special_tokens = True
        self.size = max(size, tokenizer.get_vocab_size(with_added_tokens=True))
        added = tokenizer.get_added_tokens_decoder()
        self.special = frozenset(i for i, token in added.items() if token.special)
        self.tokens = _token_bytes(tokenizer, self.size, self.special)
        order = sorted((i for i, token in enumerate(self.tokens) if token), key=self.tokens.__getitem__)
        self._sorted_ids = np.array(order, dtype=np.int64)
        self._sorted = [self.tokens[i] for i in order]
        self._remembered: OrderedDict[bytes, Ids] = OrderedDict()
        self.start_ids = self._start_ids()
        opens = [_opening(token) for token in self.tokens]
        # Boolean masks over the vocabulary, by what a token begins with.
        self.continues_word = np.array([kind == "word" for kind in opens])
        self.breaks_line = np.array([kind == "line" for kind in opens])
        self.is_control = np.array([not token for token in self.tokens])
        # The same as weights, for summing probabilities by one product.
        self.word_weight = torch.from_numpy(self.continues_word.astype(np.float32))

    def encode(self, text: str) -> list[int]:
        """Return the tokens of `text` as running text, without any that mark a start or an end."""
        return list(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: list[int]) -> bytes:
        """Return the bytes that `ids` stand for; control tokens stand for none."""
        return b"".join(self.tokens[i] for i in ids)

    def spelling(self, remainder: bytes) -> Ids:
        """Return the ids that begin to spell `remainder`: they start with it, or it starts with them."""
        found = self._remembered.get(remainder)
        if found is None:
            found = np.concatenate([self.covering(remainder), self.beginning(remainder)])
            self._remembered[remainder] = found
            if len(self._remembered) > _REMEMBERED_PREFIXES:
                self._remembered.popitem(last=False)
        else:
            self._remembered.move_to_end(remainder)
        return found

    def covering(self, prefix: bytes) -> Ids:
        """Return the ids of the tokens that start with `prefix`."""
        low = bisect_left(self._sorted, prefix)
        high = bisect_left(self._sorted, _successor(prefix), lo=low)
        return self._sorted_ids[low:high]

    def beginning(self, remainder: bytes) -> Ids:
        """Return the ids of the tokens that `remainder` starts with, and goes on behind."""
        found = [self._sorted_ids[:0]]
        for length in range(1, len(remainder)):
            prefix = remainder[:length]
            low = bisect_left(self._sorted, prefix)
            high = bisect_left(self._sorted, prefix + b"\0", lo=low)
            found.append(self._sorted_ids[low:high])
        return np.concatenate(found)

    def _start_ids(self) -> list[int]:
        """Return what a text begins with: what the tokenizer itself puts first, else a separator."""
        own = list(self.tokenizer.encode("").ids)
        if own:
            return own[:1]
        for name in _SEPARATORS:
            if (found := self.tokenizer.token_to_id(name)) is not None:
                return [found]
        return [min(self.special, default=0)]


def _opening(token: bytes) -> str:
    """Return what a token begins with: "word", "line" for a line break, or "" for anything else.

    An apostrophe before a letter goes on with the word, as does an unfinished character.
    """
    text = token.decode("utf-8", errors="replace")
    if not text:
        return ""
    if text[0].isalnum() or text[0] in "_\ufffd" or (text[0] in "'’" and text[1:2].isalpha()):
        return "word"
    return "line" if text[0] in "\n\r" else ""


def _successor(prefix: bytes) -> bytes:
    """Return the least byte string above all that start with `prefix`."""
    stripped = prefix.rstrip(b"\xff")
    return stripped[:-1] + bytes([stripped[-1] + 1]) if stripped else b"\xff" * (len(prefix) + 64)


def _token_bytes(tokenizer: Tokenizer, size: int, special: frozenset[int]) -> list[bytes]:
    added = tokenizer.get_added_tokens_decoder()
    to_bytes = _byte_level if "ByteLevel" in repr(tokenizer.decoder) else _sentence_piece
    tokens = [b""] * size
    for word, i in tokenizer.get_vocab(with_added_tokens=True).items():
        if i not in special:
            if not 0 <= i < size:
                raise ValueError(told("its tokenizer numbers tokens that it does not have"))
            tokens[i] = word.encode() if i in added else to_bytes(word)
    return tokens


def _byte_table() -> dict[str, int]:
    """Return GPT-2's map from printable characters to bytes (Radford et al. 2019, encoder.py)."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    table = {chr(b): b for b in printable}
    others = (b for b in range(256) if b not in set(printable))
    return table | {chr(256 + n): b for n, b in enumerate(others)}


_BYTES = _byte_table()


def _byte_level(word: str) -> bytes:
    if all(character in _BYTES for character in word):
        return bytes(_BYTES[character] for character in word)
    return word.encode()


def _sentence_piece(word: str) -> bytes:
    if match := _BYTE_TOKEN.fullmatch(word):
        return bytes([int(match.group(1), 16)])
    return word.replace("▁", " ").encode()
