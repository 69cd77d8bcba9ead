"""From a text to a document in another format: what it is made of, and a writer for each format."""
