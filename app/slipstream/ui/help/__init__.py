"""Pages that explain: what speculation does to latency, with the person's own figures in it."""
