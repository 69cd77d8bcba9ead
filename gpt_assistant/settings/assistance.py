"""What the assistant does for the writer."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option


@dataclass(frozen=True)
class AssistanceSettings:
    """What the assistant does for the writer."""

    completion: bool = option(
        True,
        label="Complete as I type",
        help="Show a grey suggestion ahead of the caret.",
        group="Completion",
    )
    eagerness: int = option(
        50,
        label="How often",
        help="0 shows rarely and is nearly always right, 100 shows often.",
        group="Completion",
        minimum=0,
        maximum=100,
    )
    max_words: int = option(
        6,
        label="Longest suggestion",
        help="The most words one suggestion may have.",
        group="Completion",
        minimum=1,
        maximum=20,
    )
    learn: bool = option(
        True,
        label="Learn from what I take",
        help="Keep the suggestions taken, on this machine alone, and make their words likelier.",
        group="Privacy",
        shared=True,
    )
    show_delay: int = option(
        0,
        label="Extra delay (ms)",
        help="Wait this long before showing a suggestion.",
        group="Completion",
        minimum=0,
        maximum=2000,
    )
    ghost_light: str = option(
        "",
        label="Colour on a light page",
        help="Of suggestions; empty takes the theme's grey. High contrast has a colour of its own.",
        group="Completion",
        kind="colour",
        shared=False,
    )
    ghost_dark: str = option(
        "",
        label="Colour on a dark page",
        help="Of suggestions; empty takes the theme's grey. High contrast has a colour of its own.",
        group="Completion",
        kind="colour",
        shared=False,
    )

    spelling: bool = option(
        True,
        label="Check spelling as I type",
        help="Underline words that are misspelt, or not the ones that are meant.",
        group="Spelling",
    )
    spelling_variety: str = option(
        "mixed",
        label="English",
        help="Which spelling of English is right; both is for texts that mix them.",
        group="Spelling",
        choices=("mixed", "US", "GB"),
        names={"mixed": "Both", "US": "American", "GB": "British"},
    )
    autocorrect: bool = option(
        False,
        label="Correct by itself",
        help="Correct a word when a space ends it, where there is no doubt; undo takes it back.",
        group="Spelling",
    )
    spelling_panel: bool = option(
        False,
        label="List of issues",
        help="Show all spelling issues of the document beside the text.",
        group="Spelling",
    )
    misspelt_light: str = option(
        "",
        label="Misspelt, on a light page",
        help="The colour of the line under a word that is none; empty takes the theme's.",
        group="Spelling",
        kind="colour",
    )
    misspelt_dark: str = option(
        "",
        label="Misspelt, on a dark page",
        help="The colour of the line under a word that is none; empty takes the theme's.",
        group="Spelling",
        kind="colour",
    )
    misused_light: str = option(
        "",
        label="Mixed up, on a light page",
        help="The colour of the dots under a word that is not the one meant; empty takes the theme's.",
        group="Spelling",
        kind="colour",
    )
    misused_dark: str = option(
        "",
        label="Mixed up, on a dark page",
        help="The colour of the dots under a word that is not the one meant; empty takes the theme's.",
        group="Spelling",
        kind="colour",
    )

    summary_length: str = option(
        "short",
        label="Length of a summary",
        help="What “Summarise” asks for; the last choice is remembered.",
        group="Summaries",
        choices=("line", "short", "long", "bullets"),
        names={"line": "In one line", "short": "Short", "long": "Long", "bullets": "Bullet points"},
    )
    translate_to: str = option(
        "",
        label="Translate into",
        help="The code of a language, such as fr; the last choice is remembered.",
        group="Languages",
    )
    translation_model: str = option(
        "",
        label="Model that translates",
        help="As for the model; empty takes the one that is loaded.",
        group="Languages",
        kind="model",
    )

    mood: bool = option(
        True,
        label="Mood of the paragraph",
        help="Say in the status bar whether the paragraph at the caret sounds positive or negative.",
        group="Mood",
    )
    mood_panel: bool = option(
        False,
        label="Mood of the text",
        help="Show beside the text how its mood changes, and its strongest sentences.",
        group="Mood",
    )
