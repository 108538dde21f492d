"""What curators work with: one way of writing Turtle, and the check of all content files."""
