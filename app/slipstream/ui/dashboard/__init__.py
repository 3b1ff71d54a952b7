"""Whether speculation pays right now: live figures and plots of the answer under way."""
