"""Speculative decoding over llama.cpp's low-level API. Knows no Qt, no database, no hub.

Read it in this order: `speculate` (the loop), `acceptance`, `drafters`, `context`, then `session`, which puts
them together, and `process`, which runs a session in a child process.
"""
