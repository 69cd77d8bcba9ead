"""What `gpt-assistant bench` measures. No Qt, so it runs on a bare server."""
