"""Ways to draft, side by side: what is to be compared is chosen here, and what comes of it shown."""
