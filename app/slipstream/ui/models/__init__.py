"""The Models window: what is on this machine, what the hub has, what is being downloaded, and who drafts for whom."""
