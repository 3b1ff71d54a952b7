r"""Braces that belong together, and commands with their arguments: what regular expressions cannot find.

Knows nothing of what the commands mean.
"""

import re
from collections.abc import Callable


def rewrite(tex: str, name: str, count: int, make: Callable[..., str]) -> str:
    r"""`tex` with every `\name{…}…` of `count` arguments replaced by `make` of them, the inner ones first.

    One that lacks an argument in braces stays as it is.
    """
    if f"\\{name}" not in tex:
        return tex
    parts, done = [], 0
    for match in re.finditer(rf"\\\\|\\{name}(?![A-Za-z*])", tex):
        if match.start() < done or match[0] == "\\\\":
            continue
        arguments, end = read_groups(tex, match.end(), count)
        if len(arguments) == count:
            inner = [rewrite(argument, name, count, make) for argument in arguments]
            parts += [tex[done : match.start()], make(*inner)]
            done = end
    return "".join(parts) + tex[done:]


def read_groups(tex: str, start: int, count: int) -> tuple[list[str], int]:
    """What is in the groups that follow `start`, at most `count`, blanks between them aside; where they end."""
    groups: list[str] = []
    while len(groups) < count:
        opened = start
        while opened < len(tex) and tex[opened].isspace():
            opened += 1
        end = _group_end(tex, opened)
        if end is None:
            break
        groups.append(tex[opened + 1 : end - 1])
        start = end
    return groups, start


def _group_end(tex: str, start: int) -> int | None:
    """Right behind the brace that closes the one at `start`; None where none opens, or none closes it."""
    if tex[start : start + 1] != "{":
        return None
    level, place = 0, start
    while place < len(tex):
        match tex[place]:
            case "\\":
                place += 1  # whatever it is, it is not a brace that counts
            case "{":
                level += 1
            case "}":
                level -= 1
                if not level:
                    return place + 1
        place += 1
    return None
