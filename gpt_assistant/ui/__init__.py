"""The window. Qt only, never torch."""
