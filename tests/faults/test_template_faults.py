"""Malicious and broken chat templates: an error in bounded time and memory, then a plain format."""

import subprocess
import sys

import pytest

from slipstream.engine.template import ChatTemplate, TemplateError

MESSAGES = [{"role": "user", "content": "hello"}]


MEASURE = """
import resource, sys, time
from slipstream.engine.template import ChatTemplate, TemplateError
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
try:
    ChatTemplate(sys.stdin.read(), "<s>", "</s>").render([{"role": "user", "content": "hello"}])
except TemplateError:
    print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def render(source: str) -> str:
    return ChatTemplate(source, "<s>", "</s>").render(MESSAGES)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ messages.__class__.__base__.__subclasses__()[0] }}",
        "{{ raise_exception.__globals__['sys'].exit() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.system('true') }}",
        "{{ messages.append(1) }}",
        "{{ messages[0].update({'content': 'x'}) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ unknown.attribute }}",
        "{{ 1 / 0 }}",
        "{{ raise_exception('no system prompts') }}",
        "{% for x in messages %}",
    ],
)
def test_what_a_template_may_not_do_is_refused(source: str) -> None:
    with pytest.raises(TemplateError):
        render(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 1000000000 }}",
        "{{ ([[1] * 100] * 100000) | sum(start=[]) | length }}",
        "{{ 5 | round(-100000000) }}",
        "{{ (('f' * 10000000) | int(base=16)) // (('f' * 5000000) | int(base=16)) }}",
        "{% if (('f' * 10000000) | int(base=16)) is divisibleby 7 %}{% endif %}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{{ 1 }}{% endfor %}{% endfor %}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ 'a'.center(1000000000) }}",
        "{{ 'a'.zfill(1000000000) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ ('a' | list) * 1000000000 }}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}"
        "{% endfor %}{% endfor %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% set ns = namespace(x='aaaaaaaaaaaaaaaa') %}{% for i in range(60) %}"
        "{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x='aaaaaaaaaaaaaaaa') %}{% for i in range(60) %}"
        "{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x='aaaaaaaaaaaaaaaa') %}{% for i in range(60) %}"
        "{% set ns.x = ns.x.replace('a', 'aa') %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x='aaaaaaaaaaaaaaaa') %}{% for i in range(60) %}"
        "{% set ns.x = [ns.x, ns.x] | join %}{% endfor %}{{ ns.x }}",
    ],
)
def test_endless_and_huge_templates_end_soon_and_stay_small(source: str) -> None:
    """In a process of its own, since the memory a process has had at most never goes down again."""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seconds, grown_kb = map(float, done.stdout.split())
    assert seconds < 10
    assert grown_kb < 600 * 1024


def test_nesting_beyond_the_compilers_limits_is_an_error_of_the_template() -> None:
    for opening, closing in (("{% for x in [1] %}", "{% endfor %}"), ("{% if true %}", "{% endif %}")):
        with pytest.raises(TemplateError):
            render(opening * 120 + "x" + closing * 120)


def test_ordinary_templates_work() -> None:
    source = (
        "{{ bos_token }}{% for m in messages %}{{ '<|' + m['role'] + '|>' }}{{ m['content'] | trim }}"
        "{% if loop.last %}{% break %}{% endif %}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|assistant|>' + '-' }}{% endif %}{{ 7 % 2 }}{{ 2 * 3 }}"
        "{{ {'a': 'ü'} | tojson }}{% generation %}!{% endgeneration %}"
    )
    assert render(source) == '<s><|user|>hello<|assistant|>-16{"a": "ü"}!'
