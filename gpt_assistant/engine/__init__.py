"""The language model: loading, prefix cache, decoding, and the one thread it runs on. No Qt.

Importing this package imports neither torch nor transformers; only the modules that compute do.
"""
