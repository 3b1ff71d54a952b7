"""Slipstream: chat with local GGUF models, with speculative decoding in sight and under control."""

__version__ = "0.1.0"
