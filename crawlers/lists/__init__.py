"""What families share in reading lists: rows of HTML and JSON, the values in them, and how a list goes on.

Nothing here belongs to one content system: that is in `crawlers/families/`, one module each.
"""
