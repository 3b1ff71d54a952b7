"""The window of benchmarks: measure, look at what was measured, and what all of it says about a pair."""
