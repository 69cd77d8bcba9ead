"""What a writer asks for, each a generator over a LanguageModel session. No Qt."""
