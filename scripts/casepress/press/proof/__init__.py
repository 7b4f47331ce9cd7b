"""Proof: whether all that the HTML of a case or a text holds stands where it should on the pages that were made of it."""
