"""Renders the chat template that comes with a model: a program of a stranger's, kept within bounds.

The templates are Jinja (transformers' chat_template). jinja2's sandbox keeps them from files and from
Python's inner parts, not from running for ever or from asking for all memory: `{{ "a" * 10**10 }}`, a loop in
a loop in a loop, a text doubled again and again. So texts may not grow beyond what a prompt is (products,
sums, calls and filters are looked at before they are carried out), and the steps are counted, which a
`range` of a loop alone does not bound. Counted: the same template is refused on every machine; a time
limit is only for few steps that each take long.

No template in use comes near the bounds. Llama 3.2's takes 300 steps for two messages, of a million.
"""

from __future__ import annotations

import functools
import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING, Any

from gpt_assistant.text.told import told

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.compiler import CodeGenerator

MOST_SOURCE = 1 << 18  # characters; the longest in use have 20,000
_MOST_TEXT = 1 << 22
_MOST_STEPS = 1_000_000
_MOST_SECONDS = 20.0  # for few steps that each take long; what comes with a model takes a millisecond
_DEEPEST = 8
_WIDE = re.compile(r"\d{5}")
_GROWING = frozenset({"*", "**", "%", "+"})


class TemplateRefused(ValueError):  # noqa: N818 (named for what happened)
    """A template asks for more than it needs, or cannot be read; the text says why in a few words."""


def compiled(source: str) -> Callable[..., str]:
    """Return what renders the template `source`, given its variables by name.

    Raises TemplateRefused; so does what is returned, and whatever else the template raises.
    """
    from jinja2 import TemplateError  # noqa: PLC0415 (only for who chats)

    if len(source) > MOST_SOURCE:
        raise TemplateRefused(told("it is far too long"))
    try:
        template = _environment().from_string(source)
    except (TemplateError, RecursionError, OverflowError, MemoryError, SyntaxError) as error:
        raise TemplateRefused(str(error) or type(error).__name__) from error

    def render(**variables: Any) -> str:
        with _Counted():
            rendered: str = template.render(**variables)
        return rendered

    return render


class _Counted:
    """Ends what runs in this thread after so many lines of Python."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS
        self._ends = time.monotonic() + _MOST_SECONDS
        self._before: Any = None

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        if self._before is None:  # a debugger and a measurement of coverage count for themselves
            sys.settrace(self._count)

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            sys.settrace(None)

    def _count(self, _frame: FrameType, _event: str, _argument: object) -> Any:
        self._left -= 1
        late = self._left % 256 == 0 and time.monotonic() > self._ends
        if self._left < 0 or late:
            raise TemplateRefused(told("it does not come to an end"))
        return self._count


def _generator() -> type[CodeGenerator]:
    """Return what compiles a template, with a look at what the sandbox does not look at."""
    from jinja2 import nodes  # noqa: PLC0415 (a bare server may lack it)
    from jinja2.compiler import CodeGenerator, Frame  # noqa: PLC0415 (as above)

    class Generator(CodeGenerator):
        """Has `a ~ b` looked at too, which is no operator to the sandbox."""

        def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 (jinja2's)
            self.write("environment.concat((")
            for part in node.nodes:
                self.write("str(")
                self.visit(part, frame)
                self.write("), ")
            self.write("))")

        # To compare lists in lists in lists takes for ever, and no step of Python's: none is made so deep.
        def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
            self._bounded(super().visit_List, node, frame)

        def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
            self._bounded(super().visit_Dict, node, frame)

        def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
            if node.ctx == "load":
                self._bounded(super().visit_Tuple, node, frame)
            else:
                super().visit_Tuple(node, frame)

        def _bounded(self, visit: Callable[[Any, Frame], None], node: Any, frame: Frame) -> None:
            self.write("environment.made(")
            visit(node, frame)
            self.write(")")

    return Generator


def _sandbox() -> type[Environment]:
    """Return the environment that a template runs in."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 (as above)

    class Bounded(ImmutableSandboxedEnvironment):
        """A sandbox in which no text grows beyond all measure."""

        intercepted_binops = _GROWING
        code_generator_class = _generator()

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "%":
                _check_widths(left)
            _check_product(left, right)
            return super().call_binop(context, operator, left, right)

        def call(self, context: Any, called: Any, *arguments: Any, **named: Any) -> Any:
            method = getattr(called, "__wrapped__", called)  # the sandbox wraps str.format
            own = getattr(method, "__self__", None)
            for argument in (*arguments, *named.values()):
                _check_product(argument)
            if isinstance(own, str | bytes | list | dict | tuple):
                if getattr(method, "__name__", "").startswith("format"):
                    _check_widths(own)
                _check_product(own, *arguments, *named.values())
            return super().call(context, called, *arguments, **named)

        @staticmethod
        def made(value: Any) -> Any:
            _check_product(value)
            return value

        @staticmethod
        def concat(parts: Iterable[str]) -> str:
            kept, size = [], 0
            for part in parts:
                size += len(part)
                if size > _MOST_TEXT:
                    raise TemplateRefused(told("its text grows without end"))
                kept.append(part)
            return "".join(kept)

    return Bounded


def _environment() -> Environment:
    """Return the sandbox with what templates expect to be there."""
    from jinja2 import TemplateError  # noqa: PLC0415 (as above)

    def refuse(text: str) -> None:
        raise TemplateError(text)

    environment = _sandbox()(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"])
    environment.filters["tojson"] = lambda value, **_: json.dumps(value, ensure_ascii=False)
    environment.filters = {name: _bounded(each) for name, each in environment.filters.items()}
    environment.globals["raise_exception"] = refuse
    environment.globals["strftime_now"] = lambda form: datetime.now().astimezone().strftime(str(form)[:200])
    return environment


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the filter `function`, refusing what would make a text too long."""

    @functools.wraps(function)  # with the marks by which jinja2 hands over its context
    def checked(*arguments: Any, **named: Any) -> Any:
        if function.__name__ == "do_format":
            _check_widths(arguments[0])
        _check_product(*(a for a in (*arguments, *named.values()) if _is_plain(a)))
        return function(*arguments, **named)

    return checked


def _is_plain(value: object) -> bool:
    return isinstance(value, str | bytes | int | float | list | tuple | dict)


def _check_product(*values: Any) -> None:
    """Raise TemplateRefused if something made of all `values` might be too long: each times the others."""
    size = 1
    for value in values:
        size *= max(1, _extent(value))
        if size > _MOST_TEXT:
            raise TemplateRefused(told("its text grows without end"))


def _check_widths(text: object) -> None:
    """Raise TemplateRefused if a text to be filled in wants a field of so many thousand characters."""
    if isinstance(text, str) and _WIDE.search(text):
        raise TemplateRefused(told("its text grows without end"))


def _extent(value: Any, depth: int = 0) -> int:
    """Return how long a text is, what a list holds in all, or how large a number is."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, int | float):
        return int(min(abs(value), _MOST_TEXT + 1))
    if depth > _DEEPEST:
        return _MOST_TEXT + 1
    if isinstance(value, dict):
        value = [each for pair in value.items() for each in pair]
    return sum(_extent(each, depth + 1) + 1 for each in value) if isinstance(value, list | tuple) else 1
