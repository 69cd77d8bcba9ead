"""Encoder-decoder models that translate: Marian (opus-mt), M2M100, NLLB, and others of their kind.

Through transformers' own classes and tokenizers, safetensors only, never code of the model's. The decode
loop is ours: the encoder reads a sentence in one pass and the decoder makes one token of every beam in
one, so that a completion can run between any two passes and a cancelled request ends within one.

The best of a beam is what is likeliest for its length (Wu et al. 2016, section 7): a plain sum of log
probabilities prefers what is short.
"""

from __future__ import annotations

import warnings
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor

from gpt_assistant.engine import inspection, pretrained
from gpt_assistant.engine.devices import choose_device
from gpt_assistant.engine.model import set_threads
from gpt_assistant.engine.tokenizer_bounds import bound
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[None, None, T]

TYPES = frozenset({"marian", "m2m_100", "nllb-moe", "mbart", "t5", "mt5", "umt5", "bart"})
_LONGEST = 512
# NLLB's codes are of three letters and a script; where a language has several, the usual one.
_FLORES = {
    "af": "afr_Latn", "ar": "arb_Arab", "be": "bel_Cyrl", "bg": "bul_Cyrl", "bn": "ben_Beng",
    "ca": "cat_Latn", "cs": "ces_Latn", "cy": "cym_Latn", "da": "dan_Latn", "de": "deu_Latn",
    "el": "ell_Grek", "en": "eng_Latn", "eo": "epo_Latn", "es": "spa_Latn", "et": "est_Latn",
    "eu": "eus_Latn", "fa": "pes_Arab", "fi": "fin_Latn", "fr": "fra_Latn", "ga": "gle_Latn",
    "gl": "glg_Latn", "gu": "guj_Gujr", "he": "heb_Hebr", "hi": "hin_Deva", "hr": "hrv_Latn",
    "hu": "hun_Latn", "hy": "hye_Armn", "id": "ind_Latn", "is": "isl_Latn", "it": "ita_Latn",
    "ja": "jpn_Jpan", "ka": "kat_Geor", "kk": "kaz_Cyrl", "ko": "kor_Hang", "lt": "lit_Latn",
    "lv": "lvs_Latn", "mk": "mkd_Cyrl", "ml": "mal_Mlym", "mr": "mar_Deva", "ms": "zsm_Latn",
    "mt": "mlt_Latn", "nb": "nob_Latn", "nl": "nld_Latn", "pl": "pol_Latn", "pt": "por_Latn",
    "ro": "ron_Latn", "ru": "rus_Cyrl", "sk": "slk_Latn", "sl": "slv_Latn", "sq": "als_Latn",
    "sr": "srp_Cyrl", "sv": "swe_Latn", "sw": "swh_Latn", "ta": "tam_Taml", "te": "tel_Telu",
    "th": "tha_Thai", "tr": "tur_Latn", "uk": "ukr_Cyrl", "ur": "urd_Arab", "vi": "vie_Latn",
    "zh": "zho_Hans",
}  # fmt: skip


def is_encoder_decoder(folder: Path) -> bool:
    """Return whether the model in `folder` is one that this file can run."""
    try:
        config = inspection.settings(folder / "config.json")
    except (OSError, ValueError):
        return False
    return config.get("model_type") in TYPES or bool(config.get("is_encoder_decoder"))


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    tokens: tuple[int, ...]
    log_p: float

    @property
    def score(self) -> float:
        return self.log_p / max(1, len(self.tokens))


class Seq2Seq:
    """An encoder-decoder model with its tokenizer."""

    def __init__(self, model: Any, tokenizer: Any, folder: Path) -> None:
        self.model, self.tokenizer, self.folder = model.eval(), tokenizer, folder
        self.device: torch.device = model.device
        config = model.config
        generation = model.generation_config
        self._start = int(generation.decoder_start_token_id or config.decoder_start_token_id or 0)
        ends = generation.eos_token_id if generation.eos_token_id is not None else config.eos_token_id
        self._ends = frozenset(ends if isinstance(ends, list) else [ends])
        self._never = _never(model, tokenizer, self._ends)
        self._codes = _codes(tokenizer)

    @classmethod
    def load(cls, folder: Path, *, device: str = "auto", threads: int = 0) -> Seq2Seq:
        """Load the model in `folder`. Raises ModelUnavailable with one line that says what to do."""
        from transformers import AutoModelForSeq2SeqLM, AutoTokenizer  # noqa: PLC0415 (takes seconds)

        set_threads(threads)
        chosen = choose_device(device)
        dtype = torch.float32 if chosen == "cpu" else torch.bfloat16
        with inspection.refusing(folder):
            inspection.check(folder)
            with warnings.catch_warnings():
                # Marian's would like sacremoses, for quotes and dashes that a writer seldom has otherwise.
                warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
                tokenizer = AutoTokenizer.from_pretrained(
                    folder, local_files_only=True, trust_remote_code=False
                )
            if (backend := getattr(tokenizer, "backend_tokenizer", None)) is not None:
                bound(backend)
            model = pretrained.load(AutoModelForSeq2SeqLM, folder, dtype)
            if chosen == "cpu":
                _pack(model)
            found = cls(model.to(chosen), tokenizer, folder)
            found.check_first_pass()
        return found

    def check_first_pass(self) -> None:
        """Raise ValueError unless the model has all the tokens it may be given, and says numbers."""
        if len(self.tokenizer) > self.model.get_input_embeddings().num_embeddings:
            raise ValueError(told("its tokenizer has tokens that the model does not have"))
        tokens = torch.tensor([[self._start] * 4], device=self.device)
        with torch.inference_mode():
            states = self.model.get_encoder()(tokens)
            inspection.finite(self._step(tokens, states, torch.ones_like(tokens), None, 1)[0].exp())

    def knows(self, language: str) -> bool:
        """Return whether a language can be asked for; a Marian model of one pair is taken at its word."""
        return not self._codes or language in self._codes

    def pair(self) -> tuple[str, str] | None:
        """Return the languages of a model of one pair, as its tokenizer names them; None if it has more."""
        if self._codes:
            return None
        own = (getattr(self.tokenizer, "source_lang", None), getattr(self.tokenizer, "target_lang", None))
        return (own[0], own[1]) if own[0] and own[1] else None

    def translate(self, text: str, source: str, target: str, *, beams: int = 4) -> Steps[list[str]]:
        """Return up to `beams` translations of a sentence, best first; yields before every pass."""
        encoded = self._encode(text, source, target)
        yield
        with torch.inference_mode():
            states = self.model.get_encoder()(**encoded)
        found = yield from self._search(states, encoded["attention_mask"], target, beams)
        texts = [self.tokenizer.decode(h.tokens, skip_special_tokens=True).strip() for h in found]
        return list(dict.fromkeys(texts))

    def _encode(self, text: str, source: str, target: str) -> Any:
        if self._codes:
            self.tokenizer.src_lang = self._codes.get(source, source)
        elif prefix := self._prefix(target):
            text = f"{prefix} {text}"
        found = self.tokenizer(text, return_tensors="pt", truncation=True, max_length=self._longest())
        return {name: found[name].to(self.device) for name in ("input_ids", "attention_mask")}

    def _prefix(self, target: str) -> str:
        """Return the mark of the target that a Marian model of several languages wants: ">>fra<<"."""
        codes: list[str] = list(getattr(self.tokenizer, "supported_language_codes", None) or [])
        three = _FLORES.get(target, "")[:3]
        return next((c for c in codes if c.strip("><").split("_")[0] in (target, three)), "")

    def _longest(self) -> int:
        config = self.model.config
        return min(_LONGEST, int(getattr(config, "max_position_embeddings", 0) or _LONGEST))

    def _forced(self, target: str) -> int | None:
        """Return the token that a translation into `target` begins with, for models of many languages."""
        code = self._codes.get(target)
        if code is None:
            return None
        named = getattr(self.tokenizer, "lang_code_to_id", None) or {}
        return int(named[code] if code in named else self.tokenizer.convert_tokens_to_ids(code))

    def _search(self, states: Any, mask: Tensor, target: str, beams: int) -> Steps[list[_Hypothesis]]:
        """Beam search: return the finished hypotheses, best first, the marks of language left out."""
        forced = self._forced(target)
        start = [self._start] if forced is None else [self._start, forced]
        limit = min(self._longest() - len(start), 12 + 2 * int(mask.sum()))
        alive, done = [_Hypothesis((), 0.0)], []  # type: tuple[list[_Hypothesis], list[_Hypothesis]]
        cache: Any = None
        tokens = torch.tensor([start], device=self.device)
        for _ in range(limit):
            yield
            log_p, cache = self._step(tokens, states, mask, cache, len(alive))
            grown = _best(alive, log_p, 2 * beams)
            done += [_Hypothesis(h.tokens, h.log_p) for _, h in grown[:beams] if h.tokens[-1] in self._ends]
            going = [(row, h) for row, h in grown if h.tokens[-1] not in self._ends][:beams]
            if not going or _settled(done, [h for _, h in going], beams):
                break
            cache.reorder_cache(torch.tensor([row for row, _ in going], device=self.device))
            alive = [h for _, h in going]
            tokens = torch.tensor([[h.tokens[-1]] for h in alive], device=self.device)
        return sorted(done or alive, key=lambda h: -h.score)[:beams]

    def _step(self, tokens: Tensor, states: Any, mask: Tensor, cache: Any, count: int) -> tuple[Tensor, Any]:
        """Return log p (count, vocabulary) of the next token of each beam, and the cache."""
        from transformers.modeling_outputs import BaseModelOutput  # noqa: PLC0415

        hidden = states.last_hidden_state.expand(count, -1, -1)
        with torch.inference_mode():
            out = self.model(
                encoder_outputs=BaseModelOutput(last_hidden_state=hidden),
                attention_mask=mask.expand(count, -1),
                decoder_input_ids=tokens,
                past_key_values=cache,
                use_cache=True,
            )
            logits = out.logits[:, -1].float().cpu()
            logits[:, self._never] = -torch.inf
            return logits.log_softmax(-1), out.past_key_values


def _best(alive: list[_Hypothesis], log_p: Tensor, count: int) -> list[tuple[int, _Hypothesis]]:
    """Return the likeliest continuations with the rows they come from, likeliest first."""
    sums = log_p + torch.tensor([h.log_p for h in alive], dtype=torch.float32)[:, None]
    values, places = sums.flatten().topk(min(count, sums.numel()))
    size = log_p.shape[1]
    return [
        (place // size, _Hypothesis((*alive[place // size].tokens, place % size), value))
        for value, place in zip(values.tolist(), places.tolist(), strict=True)
        if value > -torch.inf
    ]


def _settled(done: list[_Hypothesis], alive: list[_Hypothesis], beams: int) -> bool:
    """Return whether no living beam is likely to become better than what is finished."""
    if len(done) < beams:
        return False
    return max(h.score for h in alive) <= sorted((h.score for h in done), reverse=True)[beams - 1]


def _never(model: Any, tokenizer: Any, ends: frozenset[int]) -> Tensor:
    """Return the tokens that no translation holds: padding, and what the model's own settings forbid."""
    size = int(model.config.vocab_size)
    ids = {tokenizer.pad_token_id, tokenizer.unk_token_id, tokenizer.bos_token_id}
    for words in model.generation_config.bad_words_ids or []:
        if len(words) == 1:
            ids.add(words[0])
    return torch.tensor(sorted(i for i in ids if i is not None and i < size and i not in ends))


def _codes(tokenizer: Any) -> dict[str, str]:
    """Return the model's own name of each language by ISO 639-1; nothing for a model of one pair."""
    lang_ids = getattr(tokenizer, "lang_code_to_id", None) or {}
    names = {*lang_ids, *getattr(tokenizer, "additional_special_tokens", ())}
    names |= {str(token) for token in getattr(tokenizer, "extra_special_tokens", None) or ()}
    names = {name.strip("_") for name in names}
    found = {short: code for short, code in _FLORES.items() if code in names}
    if found:
        return found
    aliases = {"nb": "no"}
    plain = {short: short for short in _FLORES if short in names}
    return plain | {short: other for short, other in aliases.items() if short not in plain and other in names}


def _pack(model: Any) -> None:
    """Keep the weights of linear layers as 8-bit integers (quantize.py): a decoder reads them every token."""
    from gpt_assistant.engine.quantize import pack_linear_layers  # noqa: PLC0415

    pack_linear_layers(model)
