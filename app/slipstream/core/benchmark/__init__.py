"""Measuring whether drafting pays: prompts answered with and without it, side by side, and what that comes to.

    prompts   what is asked, by kind of text          plan      in which order, and what is left to do
    record    one prompt answered both ways           setup     with what, on what: so that it can be repeated
    running   the measurement itself, on any engine   figures   what the records come to, by kind
    rows      the records of one benchmark, in a file that grows

Plain data and arithmetic; the terminal and the window measure with the same code.
"""
