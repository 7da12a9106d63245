// What a page can do without, and is nicer with.
