"""LaTeX to drawings, by ziamath, in a process of its own. Knows no Qt, no engine, no conversation.

Setting a formula is many milliseconds of pure Python, which under one interpreter's lock would stop the window's
thread; and it is given whatever a model wrote. So it happens in a child process that may hang, eat its memory or die.

Read it in this order: `process` is the parent's side, `typeset` what the child does: `latex` brings LaTeX into the
form that its parser reads, `mathml` sets right what the parser gives, `marks` draws what ziamath leaves out.
"""
