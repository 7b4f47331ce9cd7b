"""Markup: what people and templates write, made into trees, values and safe HTML. The doors to PyYAML, Python-Markdown, nh3 and Jinja."""
