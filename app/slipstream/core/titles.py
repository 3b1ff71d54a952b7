"""What a conversation is called until a person says otherwise: a short, clean line of what was asked.

No model is asked. The first question that says something gives the title: without Markdown, code, greetings and
"could you please". Where no question has words of its own (only code, a link, a greeting) the answer may help: it
mostly begins with a heading or a sentence that says what it is about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slipstream.core.searching import UNSPACED

LENGTH = 60  # characters
SENTENCE = 12  # characters a first sentence must have to stand alone
READ = 20_000  # characters of a text that are looked at
LONGEST_LINE = 1_000  # of one of its lines

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_MARKER = re.compile(r"(?:\s*(?:>|#{1,6}(?=\s)|[-*+](?=\s)(?:\s+\[[ xX]\])?|\d{1,3}[.)](?=\s)))*\s*")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_ADDRESS = re.compile(r"<?https?://(?:www\.)?([^/\s?#>]+)[^\s>]*>?")
_TAG = re.compile(
    r"</?(?:a|b|br|code|details|div|em|h[1-6]|i|img|li|p|pre|span|strong|sub|summary|sup|u|ul)\b[^<>]*>", re.I
)
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")
_CODE = re.compile(r"(`+)([^`]+)\1")

_GREETING = re.compile(
    r"(?:(?:hi+|hiya|hey+|hello|howdy|greetings|good (?:morning|afternoon|evening|day)|hallo|moin|servus"
    r"|guten (?:tag|morgen|abend)|bonjour|salut|hola|ciao|olá)"
    r"(?: (?:there|all|everyone|again|chatgpt|deepseek|assistant|ai|bot|dear))?"
    r"(?:\s*[,.!:;…–—-]+\s*|\s*$|\s+(?=(?:i|i'm|i’m|my|we|can|could|would|please|how|what|why|when|where|who)\b))"
    r"|(?:你好|您好|こんにちは|안녕하세요)[\s,.!:;\u3001\u3002\uff01\uff0c]*)",
    re.I,
)
_LEAD_IN = re.compile(
    r"(?:please,?|(?:can|could|would|will) you(?: please| kindly)?|(?:i(?:['’]d| would) like|i want|i need)"
    r"(?: you)? to|help me(?: to)?|bitte)\s+",
    re.I,
)
_SENTENCE = re.compile(r".*?(?:[.!?…](?=\s)|[。!?！？])")
_PARTING = " \t.,:;–—-"


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    is_settled: bool  # it says what the conversation is about: nothing said later makes it better


def title_of(questions: Sequence[str], answer: str = "") -> Title:
    """The title of a conversation that begins with these questions, and this answer to the last of them."""
    for question in questions:
        if subject := _subject(question):
            return Title(subject, True)
    said = [question for question in questions if question.strip()]
    only_greeted = all(_greets(question) for question in said)
    if answer and said and not only_greeted and (subject := _heading(answer) or _subject(answer)):
        return Title(subject, True)
    return Title(_plain(said[0]) if said else "", False)


def _subject(text: str) -> str:
    """What a text is about, in a line; "" where it does not say so in words."""
    lines = list(_prose(text[:READ]))
    while lines:
        line = _short_of_greeting(lines.pop(0))
        if not _has_words(line) or (line.endswith(":") and lines):  # "Here is my code:"
            continue
        return _fitted(line)
    return ""


def _heading(text: str) -> str:
    """The first heading of an answer that begins with one."""
    first = next(_lines(text[:READ]), "")
    return _fitted(_clean(first)) if re.match(r"\s*#{1,6}\s", first) else ""


def _greets(text: str) -> bool:
    """Whether there are words, and all of them a greeting's."""
    return any(map(_has_words, _prose(text[:READ]))) and not _subject(text)


def _plain(text: str) -> str:
    """The first line as it stands, code too."""
    lines = (line for line in text[:READ].splitlines() if line.strip() and not _FENCE.match(line))
    return _fitted(" ".join(next(lines, "").split()))


def _prose(text: str) -> Iterator[str]:
    """The lines that are prose, clean: no code, no rules, no table's lines."""
    for line in _lines(text):
        if not line.startswith(("    ", "\t", "|")) and (clean := _clean(line)):
            yield clean


def _lines(text: str) -> Iterator[str]:
    """The lines outside fenced code that are not blank."""
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.strip():
            yield line


def _clean(line: str) -> str:
    """A line without its Markdown."""
    line = _MARKER.sub("", line[:LONGEST_LINE], count=1)
    line = _LINK.sub(r"\1", line)
    line = _ADDRESS.sub(r"\1", line)
    line = _TAG.sub(" ", line)
    for form in (_STRONG, _CODE):
        line = form.sub(r"\2", line)
    line = _EMPHASIS.sub(r"\1", line)
    return " ".join(line.split())


def _short_of_greeting(line: str) -> str:
    """The line without what is only polite; "" where nothing else is in it."""
    asked_politely = False
    for _ in range(4):
        if found := _GREETING.match(line):
            line = line[found.end() :]
        elif found := _LEAD_IN.match(line):
            line = line[found.end() :]
            asked_politely = True
    return line.rstrip(" ?") if asked_politely else line


def _has_words(line: str) -> bool:
    return sum(map(str.isalnum, line)) >= 2 or bool(UNSPACED.search(line))


def _fitted(line: str) -> str:
    """Cut to the length of a title: after the first sentence, or at a word; begun with a capital."""
    if len(line) > LENGTH:
        sentence = _SENTENCE.match(line)
        if sentence and SENTENCE <= len(sentence[0]) <= LENGTH:
            line = sentence[0]
        else:
            head, space, _ = line[:LENGTH].rpartition(" ")
            line = (head if space and len(head) > LENGTH // 2 else line[: LENGTH - 1]).rstrip(_PARTING) + "…"
    line = line.rstrip(_PARTING) or line
    first = line.partition(" ")[0]
    return line[:1].upper() + line[1:] if first.isalpha() and first.islower() else line
