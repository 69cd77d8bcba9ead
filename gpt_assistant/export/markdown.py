"""From Markdown to a structure: CommonMark with tables, struck-out text and footnotes, by markdown-it-py.

Tags of HTML in the text are left out, what stands between them is kept, `<br>` is a line break: a document
that someone else wrote must not bring scripts into one of ours. A bare web address is a link, as the editor
shows it.

Reading can be stopped: markdown-it goes through the blocks, and then through the text of each, and the
step is told at every one of them. On one slow core it reads 0.6 MB a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from gpt_assistant.export.structure import (
    Block,
    Code,
    Heading,
    Inline,
    Listing,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Step,
    Structure,
    Table,
    clean,
    no_step,
    plain_words,
)

_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<[!?][^>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]’”']")
_TASK = re.compile(r"\[([ xX])\]\s")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def read_markdown(text: str, title: str, step: Step = no_step) -> Structure:
    """Return the structure of `text`; `title` is used where it names none itself.

    `step` is told how far it is, 0 to 1, and may raise to end it.
    """
    tokens = _parser(step).parse(clean(text))
    reader = _Reader(tokens)
    blocks = reader.blocks_until("")
    named = _TITLE.search(reader.front_matter)
    first = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
    found = named[1] if named else plain_words(first.parts) if first else ""
    return Structure(found.replace("\n", " ").strip() or title, tuple(blocks), tuple(reader.notes))


def _parser(step: Step) -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(front_matter_plugin)

    def at_block(state: StateBlock, line: int, _last: int, _silent: bool) -> bool:
        if state.level == 0:
            step(0.5 * line / max(1, state.lineMax))
        return False

    def inline(state: StateCore) -> None:
        for number, token in enumerate(state.tokens):
            if token.type == "inline":
                step(0.5 + 0.5 * number / len(state.tokens))
                token.children = token.children or []
                state.md.inline.parse(token.content, state.md, state.env, token.children)

    first = parser.block.ruler.get_active_rules()[0]
    parser.block.ruler.before(first, "step", at_block)
    parser.core.ruler.at("inline", inline)
    return parser


class _Reader:
    """Goes through the tokens once, front to back."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self.front_matter = ""
        self.notes: list[tuple[Block, ...]] = []

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def blocks_until(self, end: str) -> list[Block]:
        """Return the blocks up to the token `end`, which is passed over; "" is the end of the text."""
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._next()
            if token.type == end:
                break
            if (block := self._block(token)) is not None:
                found.append(block)
        return found

    def _block(self, token: Token) -> Block | None:  # noqa: PLR0911 (one for each kind)
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            return self._list(token)
        if kind == "footnote_block_open":
            self._notes()
        elif kind == "front_matter":
            self.front_matter = token.content
        elif kind == "table_open":
            return self._table()
        elif kind == "blockquote_open":
            return Quote(tuple(self.blocks_until("blockquote_close")))
        elif kind == "heading_open":
            return Heading(int(token.tag[1:]), self._parts("heading_close"))
        elif kind == "paragraph_open":
            parts = self._parts("paragraph_close")
            return Paragraph(parts) if parts else None
        elif kind in ("fence", "code_block"):
            return Code(token.content.rstrip("\n"), token.info.strip().split(" ")[0] if token.info else "")
        elif kind == "hr":
            return Rule()
        elif kind == "html_block":
            return _from_html(token.content)
        return None

    def _parts(self, end: str) -> tuple[Inline, ...]:
        found: tuple[Inline, ...] = ()
        while (token := self._next()).type != end:
            if token.type == "inline":
                found = read_inline(token.children or [])
        return found

    def _list(self, opening: Token) -> Listing:
        numbered = opening.type == "ordered_list_open"
        items, tight = [], True
        while (token := self._next()).type != opening.type.replace("open", "close"):
            following = self._tokens[self._at]
            tight = tight and not (following.type == "paragraph_open" and not following.hidden)
            if token.type == "list_item_open":
                items.append(tuple(_with_box(self.blocks_until("list_item_close"))))
        start = int(opening.attrGet("start") or 1) if numbered else None
        return Listing(tuple(items), start, tight)

    def _table(self) -> Table:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        row: list[tuple[Inline, ...]] = []
        alignment: list[str] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                row = []
            elif token.type in ("th_open", "td_open"):
                if not rows:
                    alignment.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
                row.append(self._parts(token.type.replace("open", "close")))
            elif token.type == "tr_close":
                rows.append(tuple(row))
        return Table(tuple(rows), tuple(alignment))

    def _notes(self) -> None:
        while (token := self._next()).type != "footnote_block_close":
            if token.type == "footnote_open":
                self.notes.append(tuple(self.blocks_until("footnote_close")))


@dataclass
class _Style:
    bold: int = 0
    italic: int = 0
    strike: int = 0
    link: str = ""

    def run(self, text: str, code: bool = False, link: str = "") -> Run:
        return Run(text, self.bold > 0, self.italic > 0, self.strike > 0, code, link or self.link)


_MARKS = {"strong": "bold", "em": "italic", "s": "strike"}


def read_inline(tokens: Sequence[Token]) -> tuple[Inline, ...]:
    """Return the parts of a paragraph: neighbours in the same style are one run."""
    found: list[Inline] = []
    for part in _inline(tokens):
        last = found[-1] if found else None
        if isinstance(part, Run) and isinstance(last, Run) and replace(last, text=part.text) == part:
            found[-1] = replace(last, text=last.text + part.text)
        elif not isinstance(part, Run) or part.text:
            found.append(part)
    return tuple(found)


def _inline(tokens: Sequence[Token]) -> Iterator[Inline]:
    style = _Style()
    for number, token in enumerate(tokens):
        name, _, side = token.type.rpartition("_")
        if name in _MARKS:
            setattr(style, _MARKS[name], getattr(style, _MARKS[name]) + (1 if side == "open" else -1))
        elif name == "link":
            style.link = str(token.attrGet("href") or "") if side == "open" else ""
        elif token.type == "text":
            yield from _with_addresses(token.content, style)
        elif token.type == "code_inline":
            yield style.run(token.content, code=True)
        elif token.type == "softbreak":
            yield style.run(_joint(tokens, number))
        elif token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.match(token.content)):
            yield style.run("\n")
        elif token.type == "image":
            yield Picture(str(token.attrGet("src") or ""), token.content, style.link)
        elif token.type == "footnote_ref":
            yield NoteMark(int(token.meta["id"]) + 1)


def _with_addresses(text: str, style: _Style) -> Iterator[Run]:
    at = 0
    for match in () if style.link else _ADDRESS.finditer(text):
        yield style.run(text[at : match.start()])
        yield style.run(match[0], link=match[0])
        at = match.end()
    yield style.run(text[at:])


def _joint(tokens: Sequence[Token], number: int) -> str:
    """Return what a line break within a paragraph stands for: nothing between two ideographs or kana."""
    before = tokens[number - 1].content[-1:] if number else ""
    after = tokens[number + 1].content[:1] if number + 1 < len(tokens) else ""
    return "" if _WIDE.match(before) and _WIDE.match(after) else " "


def _with_box(blocks: list[Block]) -> list[Block]:
    """Return the blocks of a list item, with a box for the mark of a task."""
    if blocks and isinstance(blocks[0], Paragraph) and blocks[0].parts:
        first = blocks[0].parts[0]
        if isinstance(first, Run) and (mark := _TASK.match(first.text)):
            box = "☐ " if mark[1] == " " else "☑ "
            parts = (replace(first, text=box + first.text[mark.end() :]), *blocks[0].parts[1:])
            return [Paragraph(parts), *blocks[1:]]
    return blocks


def _from_html(source: str) -> Paragraph | None:
    text = _TAG.sub("", _BREAK.sub("\n", _COMMENT.sub("", source)))
    lines = [line.strip() for line in unescape(text).split("\n")]
    kept = clean("\n".join(line for line in lines if line))
    return Paragraph((Run(kept),)) if kept else None
