"""Data of the facilitators' dashboard: progress, to-do items, pictures of the cohort. Never from drafts."""
