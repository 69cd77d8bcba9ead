"""Completion of the command line for bash, zsh and fish, written from the parsers."""

from __future__ import annotations

import shlex

from gpt_assistant.desktop.interface import Command, Option

PROGRAM = "gpt-assistant"


def bash(commands: list[Command]) -> str:
    """Return a script for bash; it needs nothing but bash itself."""
    editor, *others = commands
    every = [each for command in commands for each in command.walk()]
    choices = {name: option.choices for each in every for option in each.options for name in option.names}
    cases = [f"        {_words(names)}) words={_quoted(values)} ;;" for names, values in _grouped(choices)]
    free = sorted({n for c in every for o in c.options if o.value and not o.choices for n in o.names})
    words = [
        f"        {_quoted(each.path)}) words={_quoted(_offered(each))} ;;" for each in every if each.path
    ]
    names = [command.path[0] for command in others]
    return "\n".join(
        [
            f"# bash completion for {PROGRAM}",
            "_gpt_assistant() {",
            "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words= path=",
            "    case $previous in",
            *cases,
            f"        {'|'.join(free)}) COMPREPLY=(); compopt -o default; return ;;",
            "    esac",
            "    if [[ -n $words ]]; then",
            '        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")',
            "        return",
            "    fi",
            f"    case ${{COMP_WORDS[1]}} in {'|'.join(names)}) path=${{COMP_WORDS[1]}} ;; esac",
            "    [[ $COMP_CWORD == 1 ]] && path=",
            '    case "$path ${COMP_WORDS[2]}" in',
            *(f"        {_quoted(e.path)}) path={_quoted(e.path)} ;;" for e in every if len(e.path) > 1),
            "    esac",
            '    case "$path" in',
            *words,
            f"        *) words={_quoted(_offered(editor))}",
            f"           [[ $COMP_CWORD == 1 ]] && words+={_quoted(['', *names])} ;;",
            "    esac",
            "    COMPREPLY=()",
            "    if [[ $current == -* || $COMP_CWORD == 1 || -z $current ]]; then",
            '        [[ $current == -* ]] || words=" $words"',
            '        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")',
            "    fi",
            "    compopt -o default",
            "}",
            f"complete -F _gpt_assistant {PROGRAM}",
            "",
        ]
    )


def fish(commands: list[Command]) -> str:
    """Return a script for fish."""
    editor, *others = commands
    names = " ".join(command.path[0] for command in others)
    lines = [f"# fish completion for {PROGRAM}"]
    for command in others:
        first = f"__fish_is_first_token; and not __fish_seen_subcommand_from {names}"
        lines.append(_fish(first, ["-a", command.path[0], "-d", command.about]))
        for each in command.walk():
            seen = "; and ".join(f"__fish_seen_subcommand_from {name}" for name in each.path)
            lines += [_fish(seen, ["-a", a.path[-1], "-d", a.about]) for a in each.actions]
            lines += [_fish(seen, _fish_option(option)) for option in each.options]
    lines += [
        _fish(f"not __fish_seen_subcommand_from {names}", _fish_option(option)) for option in editor.options
    ]
    return "\n".join(lines) + "\n"


def _fish(condition: str, words: list[str]) -> str:
    return shlex.join(["complete", "-c", PROGRAM, "-n", condition, *words])


def _fish_option(option: Option) -> list[str]:
    words = []
    for name in option.names:
        words += ["-l", name[2:]] if name.startswith("--") else ["-s", name[1:]]
    if option.choices:
        words += ["-x", "-a", " ".join(option.choices)]
    elif option.value:
        words += ["-r"]
    return [*words, "-d", option.help]


def zsh(commands: list[Command]) -> str:
    """Return a function for zsh's completion system."""
    editor, *others = commands
    lines = [f"#compdef {PROGRAM}", "local -a names", "names=("]
    lines += [f"    {shlex.quote(f'{c.path[0]}:{c.about}')}" for c in others]
    lines += [")", "(( CURRENT == 2 )) && _describe command names", 'case "$words[2]" in']
    for command in others:
        lines.append(f"    {command.path[0]}) shift words; (( CURRENT -= 1 )); _arguments \\")
        lines += [f"        {spec} \\" for each in command.walk() for spec in _zsh_options(each, command)]
        lines.append(f"        {shlex.quote(_zsh_operands(command))} ;;")
    lines.append("    *) _arguments \\")
    lines += [f"        {spec} \\" for spec in _zsh_options(editor, editor)]
    lines += ["        '*:file:_files' ;;", "esac", ""]
    return "\n".join(lines)


def _zsh_options(command: Command, first: Command) -> list[str]:
    given = {name for option in first.options for name in option.names} if command is not first else set()
    specs = []
    for option in command.options:
        text = option.help.replace("[", "(").replace("]", ")").replace(":", "\\:")
        value = ":value:(" + " ".join(option.choices) + ")" if option.choices else ":value:_files"
        tail = value if option.value else ""
        specs += [shlex.quote(f"{n}[{text}]{tail}") for n in option.names if n not in given]
    return specs


def _zsh_operands(command: Command) -> str:
    if command.actions:
        return "1:action:(" + " ".join(action.path[-1] for action in command.actions) + ")"
    return "*:file:_files"


def _offered(command: Command) -> list[str]:
    return [*(a.path[-1] for a in command.actions), *(n for option in command.options for n in option.names)]


def _grouped(choices: dict[str, tuple[str, ...]]) -> list[tuple[list[str], tuple[str, ...]]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for name, values in choices.items():
        if values:
            found.setdefault(values, []).append(name)
    return [(names, values) for values, names in found.items()]


def _words(names: list[str]) -> str:
    return "|".join(names)


def _quoted(words: list[str] | tuple[str, ...]) -> str:
    return shlex.quote(" ".join(words))
