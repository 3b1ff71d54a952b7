"""The steps of the set-up, one file each. Standard library only, Python 3.9 or newer; nothing of the application."""
