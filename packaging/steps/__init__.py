"""The steps of the set-up, one file each. Standard library only, Python 3.9 or newer; they know nothing of the application."""
