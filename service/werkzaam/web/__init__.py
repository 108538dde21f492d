"""The pages that people read, drawn on the server."""
