"""Conversations as files: written for people and other programs, read back with care.

Three forms. Slipstream's own JSON holds all there is: the tree, thinking, settings, runs and their steps. Markdown is
for reading. ShareGPT's JSON is what training tools exchange. Whoever has conversations (the store) gives and takes
the records of `records.py`, one message at a time, so that neither side ever holds a whole history in memory.
Knows no Qt and no database.
"""

from slipstream.core.transfer.markdown import Words
from slipstream.core.transfer.reading import Reading
from slipstream.core.transfer.records import SavedConversation, SavedMessage, SavedRun
from slipstream.core.transfer.writing import Form, Writer, file_name, writer_for

__all__ = [
    "Form",
    "Reading",
    "SavedConversation",
    "SavedMessage",
    "SavedRun",
    "Words",
    "Writer",
    "file_name",
    "writer_for",
]
