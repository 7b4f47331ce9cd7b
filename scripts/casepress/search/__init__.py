"""Search: the index of pairs of characters, how it is written, and the proof that it finds every case."""
