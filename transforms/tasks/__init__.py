"""Tasks: who must do what by when, from the text of a notice.

`read_tasks` is the one entry. What is right is defined by the annotation guideline of the project's corpus.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.records import Citation, Document, Task
from transforms.tasks.context import Context
from transforms.tasks.reader import read_tasks_of

__all__ = ["Context", "read_tasks"]


def read_tasks(documents: Sequence[Document], context: Context) -> tuple[list[Task], list[Citation]]:
    """Tasks and citations of a notice: `documents[0]` is its body, the others its attachments."""
    return read_tasks_of(documents, context)
