"""One story, from a stranger on the home page to a logged meeting: `story.tell`, and who is in it."""
