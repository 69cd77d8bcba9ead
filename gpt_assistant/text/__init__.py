"""Pure text logic: contexts, suggestions, word units and offsets. Standard library only."""
