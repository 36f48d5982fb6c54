"""Files in office formats → pieces. Each format is a module with `read(data) -> Page`; all run in a child
process.

`read_file` is the entry. Nothing in a file can raise here: what cannot be read is a problem of the page.
"""

from transforms.files.kinds import kind_of
from transforms.files.sandbox import read_file

__all__ = ["kind_of", "read_file"]
