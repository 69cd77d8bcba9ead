"""The server that the settings switch on, for a command that asks for a text."""

from __future__ import annotations

from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import Remote
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.settings import Settings


def server_of(settings: Settings) -> RemoteEngine | None:
    """Return the server in use, None if it is switched off. Raises ModelUnavailable where none is named."""
    if not settings.remote:
        return None
    engine = RemoteEngine()
    try:
        engine.use(Remote.of(settings))
    except RemoteFailed as error:
        raise ModelUnavailable(*error.args) from error
    return engine
