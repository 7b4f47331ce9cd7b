"""Intake: what schools send, Word forms and sheets, becomes plain values and Markdown. Files of strangers go in; nothing here knows a
collection but by its fields."""
