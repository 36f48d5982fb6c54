"""Short ways for the tests to a notice's tasks."""

from transforms.records import Block, Citation, Document, Task
from transforms.tasks import Context, read_tasks

CONTEXT = Context(
    title="示范市2023年深化“放管服”改革工作要点",
    issuers=("示范市人民政府办公室",),
    region="示范市",
    written_on="2023-04-13",
    year=2023,
)


def document(text: str, name: str = "body") -> Document:
    """A document whose paragraphs are the lines of `text`."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return Document(text, tuple(blocks), name)


def read(text: str, context: Context = CONTEXT) -> tuple[list[Task], list[Citation]]:
    """Tasks and citations of a body."""
    return read_tasks([document(text)], context)


def tasks(text: str, context: Context = CONTEXT) -> list[Task]:
    """Tasks of a body."""
    return read(text, context)[0]


def only(text: str, context: Context = CONTEXT) -> Task:
    """The one task of a body."""
    [task] = tasks(text, context)
    return task
