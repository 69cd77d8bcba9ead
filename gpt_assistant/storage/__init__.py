"""Files that must never be lost: text files, the journal of unsaved work and the session. No Qt, no torch."""
