"""Plain data that every part may use. Knows no Qt, no llama.cpp, no database."""
