"""Collection: a folder of cases read into one frozen value, and the ways of choosing and grouping from it."""
