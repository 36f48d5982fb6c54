"""The reader's version: raised when the same page would be read otherwise, so that staging is made anew."""

READER_VERSION = "6"
