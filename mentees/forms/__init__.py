"""What a young person, a guardian, a coordinator and staff may type."""
