"""What follows from the statements by published rules, and nothing more."""
