"""Short ways for the tests to a notice's tasks."""

from transforms.records import Block, Cell, Citation, Document, Task
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


def table(*rows: str) -> Document:
    """A document of one table: rows of cells between bars; `^` continues the cell above."""
    text, cells, open_cells = "", [], {}
    for row, line in enumerate(rows):
        names = line.split("|")
        if row:
            text += "\n"
        for column, name in enumerate(names):
            if name == "^":
                start, end, first, span = open_cells[column]
                open_cells[column] = (start, end, first, span + 1)
                continue
            width = 5 if len(names) == 1 else 1
            if column in open_cells:
                cells.append((*open_cells[column], column, 1))
            open_cells[column] = (len(text), len(text) + len(name), row, 1)
            text += name + "\t"
            if width > 1:
                cells.append((*open_cells.pop(column), column, width))
        text = text.rstrip("\t")
    cells += [(*found, column, 1) for column, found in open_cells.items()]
    made = tuple(Cell(a, b, row, column, span, width) for a, b, row, span, column, width in sorted(cells))
    return Document(text, (Block("table", 0, len(text), made),))
