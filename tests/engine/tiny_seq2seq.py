"""Tiny encoder-decoder models that have learnt three sentences by heart, with tokenizers of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sentencepiece
import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

PAIRS = (
    ("The house is old.", "La maison est vieille."),
    ("I like the garden.", "J'aime le jardin."),
    ("Good morning, my friend.", "Bonjour, mon ami."),
)
_SIZES = {
    "d_model": 32,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "max_position_embeddings": 64,
    "scale_embedding": True,
    "dropout": 0.0,
    "attention_dropout": 0.0,
}
_STEPS = 120


def marian(folder: Path) -> Path:
    """Write a Marian model from English into French to `folder`, as opus-mt has it."""
    folder.mkdir(parents=True)
    pieces = _sentence_pieces(folder / "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    vocabulary = _numbered(["</s>", "<unk>", *pieces, "<pad>"])
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    settings = {"source_lang": "en", "target_lang": "fr", "tokenizer_class": "MarianTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    tokenizer = transformers.MarianTokenizer.from_pretrained(folder)
    pad = vocabulary["<pad>"]
    config = transformers.MarianConfig(
        **_SIZES,
        vocab_size=len(vocabulary),
        pad_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        decoder_start_token_id=pad,
    )
    torch.manual_seed(1)
    model = transformers.MarianMTModel(config)
    _train(model, tokenizer, lambda target: tokenizer(text_target=target).input_ids)
    return _save(model, tokenizer, folder)


def m2m100(folder: Path) -> Path:
    """Write an M2M100 model to `folder`: "__fr__" begins what it says in French."""
    folder.mkdir(parents=True)
    spm = folder / "sentencepiece.bpe.model"
    vocabulary = _numbered(["<s>", "<pad>", "</s>", "<unk>", *_sentence_pieces(spm)])
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    tokenizer = transformers.M2M100Tokenizer(
        vocab_file=str(folder / "vocab.json"), spm_file=str(spm), src_lang="en", tgt_lang="fr"
    )
    return _many_languages(tokenizer, max(tokenizer.lang_code_to_id.values()) + 1, folder)


def nllb(folder: Path) -> Path:
    """Write an NLLB model to `folder`: "fra_Latn" begins what it says in French."""
    folder.mkdir(parents=True)
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.pre_tokenizer = pre_tokenizers.Metaspace()
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.BpeTrainer(vocab_size=90, special_tokens=specials, show_progress=False)
    trained.train_from_iterator([text for pair in PAIRS for text in pair], trainer)
    table = json.loads(trained.to_str())["model"]
    tokenizer = transformers.NllbTokenizer(
        vocab=table["vocab"],
        merges=[tuple(pair) for pair in table["merges"]],
        src_lang="eng_Latn",
        tgt_lang="fra_Latn",
    )
    return _many_languages(tokenizer, len(tokenizer), folder)


def _many_languages(tokenizer: Any, size: int, folder: Path) -> Path:
    config = transformers.M2M100Config(
        **_SIZES,
        vocab_size=size,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        decoder_start_token_id=tokenizer.eos_token_id,
        encoder_layerdrop=0.0,
        decoder_layerdrop=0.0,
    )
    torch.manual_seed(1)
    model = transformers.M2M100ForConditionalGeneration(config)
    _train(model, tokenizer, lambda target: tokenizer(text_target=target).input_ids)
    return _save(model, tokenizer, folder)


def _sentence_pieces(file: Path) -> list[str]:
    """Train a sentencepiece model into `file`; return its pieces."""
    with file.open("wb") as written:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([text for pair in PAIRS for text in pair]),
            model_writer=written,
            vocab_size=60,
            hard_vocab_limit=False,
            minloglevel=2,
            bos_id=-1,
            eos_id=-1,
            unk_id=0,
        )
    trained = sentencepiece.SentencePieceProcessor(model_file=str(file))
    return [trained.id_to_piece(i) for i in range(trained.get_piece_size())]


def _numbered(words: list[str]) -> dict[str, int]:
    return {word: i for i, word in enumerate(dict.fromkeys(words))}


def _train(model: Any, tokenizer: Any, labels: Callable[[str], list[int]]) -> None:
    torch.set_num_threads(1)
    rows = [labels(target) for _, target in PAIRS]
    longest = max(map(len, rows))
    batch = dict(tokenizer([source for source, _ in PAIRS], return_tensors="pt", padding=True))
    batch["labels"] = torch.tensor([row + [-100] * (longest - len(row)) for row in rows])
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    model.train()
    for _ in range(_STEPS):
        loss = model(**batch).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()


def _save(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
    return folder
