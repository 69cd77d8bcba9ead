"""`gpt-assistant remote`: look at a server that is to answer in place of the model here, and measure it."""

from __future__ import annotations

import argparse
import getpass
import json
import sys

from gpt_assistant.commands.loading import settings_of
from gpt_assistant.commands.writing import finish
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import KeepRemoteKey, ListRemoteModels, Remote, TestRemote
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.settings import Settings
from gpt_assistant.text.told import told

ACTIONS = {
    "test": "have it write a few words, and say how long that took",
    "models": "list its models",
    "key": "keep its key in the system's keyring: asked for, or a line of standard input",
    "forget-key": "delete its key from the keyring",
    "bench": "measure how much later its first token comes by way of this program than without",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    listed = "; ".join(f"{name}: {text}" for name, text in ACTIONS.items())
    parser.add_argument("action", choices=ACTIONS, help=listed)
    parser.add_argument("--rounds", type=int, default=60, help="how many suggestions `bench` asks for")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Do what is asked for; return 0. Raises ModelUnavailable with one line for a server that fails."""
    settings = settings_of(args)
    remote = Remote.of(settings)
    try:
        if args.action == "bench":
            return _bench(settings, args.rounds, args.json)
        found = _asked(args.action, remote)
    except RemoteFailed as error:
        raise ModelUnavailable(*error.args) from error
    print(json.dumps(found, ensure_ascii=False) if args.json else "\n".join(_lines(found)))
    return 0


def _asked(action: str, remote: Remote) -> dict[str, object]:
    """Return what the server, or the keyring, answers."""
    from gpt_assistant.engine.remote import RemoteEngine  # noqa: PLC0415 (`--help` needs none of it)
    from gpt_assistant.features.remote_requests import RemoteControl  # noqa: PLC0415 (imports torch)

    engine = RemoteEngine()
    control = RemoteControl(engine)
    try:
        if action == "models":
            return {"models": list(finish(control.models(None, ListRemoteModels(0, remote))).names)}
        if action == "test":
            tested = finish(control.test(None, TestRemote(0, remote)))
            return {
                "first_ms": round(tested.first * 1000, 1),
                "total_ms": round(tested.total * 1000, 1),
                "probabilities": tested.probabilities,
                "text": tested.text,
            }
        key = _entered() if action == "key" else ""
        kept = finish(control.key(None, KeepRemoteKey(0, remote, key)))
        return {"server": kept.origin, "key": kept.kept}
    finally:
        engine.close()


def _entered() -> str:
    """Return the key, without showing it."""
    if sys.stdin.isatty():
        return getpass.getpass("Key of the server: ").strip()
    return sys.stdin.readline().strip()


def _lines(found: dict[str, object]) -> list[str]:
    """Return what was found, a line each; what a terminal would obey comes as its number."""
    lines = []
    for name, value in found.items():
        values = value if isinstance(value, list) else [value]
        lines += [
            _harmless(f"{name.replace('_', ' ')}: {each}" if value is not values else str(each))
            for each in values
        ]
    return lines


def _harmless(text: str) -> str:
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)


def _bench(settings: Settings, rounds: int, as_json: bool) -> int:
    from gpt_assistant.commands.measure.remote import figures  # noqa: PLC0415 (imports torch)

    if settings.offline:
        raise RemoteFailed(told("“Stay offline” is on. Switch it off to use a server."))
    found = figures(settings, rounds)
    print(json.dumps(found) if as_json else "\n".join(_lines(found)))
    return 0
