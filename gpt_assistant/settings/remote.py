"""A server that answers in place of the model on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option


@dataclass(frozen=True)
class RemoteSettings:
    """A server that answers in place of the model on this machine."""

    remote: bool = option(
        False,
        label="Let a server answer",
        help="Sends it the text around the caret, or what you ask about; off sends nothing.",
        group="Server",
    )
    remote_address: str = option(
        "",
        label="Address of the server",
        help="Of any OpenAI-compatible one, such as https://server.example:8000/v1.",
        group="Server",
    )
    remote_model: str = option(
        "",
        label="Model of the server",
        help="The name that the server has for it; “Fetch models” lists them.",
        group="Server",
        kind="server-model",
    )
    remote_for: str = option(
        "both",
        label="What the server does",
        help="Texts are summaries, rewritings and translations; a model chosen to translate goes first.",
        group="Server",
        choices=("both", "completion", "tasks"),
        names={"both": "Completion and texts", "completion": "Completion", "tasks": "Texts"},
    )
    remote_mask: bool = option(
        True,
        label="Hide names and the like",
        help="Sends placeholders for names, addresses, numbers and keys, and puts them back in the answer.",
        group="Server",
    )
    remote_wait: int = option(
        500,
        label="Longest wait for a suggestion (ms)",
        help="Then the model on this machine suggests.",
        group="Server",
        minimum=50,
        maximum=800,
    )
    remote_timeout: int = option(
        30,
        label="Longest wait for a text (s)",
        help="From one piece of it to the next; then the model on this machine writes it.",
        group="Server",
        minimum=1,
        maximum=600,
    )
    remote_authority: str = option(
        "",
        label="Certificate authority",
        help="A PEM file, for a server whose certificate the system does not know.",
        group="Server",
        kind="file",
    )
    remote_unencrypted: bool = option(
        False,
        label="Allow an unencrypted connection",
        help="Everyone on the way can read your text then. A server on this machine needs no encryption.",
        group="Server",
    )
