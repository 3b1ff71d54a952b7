"""The conversation: turns, streaming answers, and the field a person writes in."""
