"""Pages of a young person's way to us: asking, answering a link, waiting, and the partner's list."""
