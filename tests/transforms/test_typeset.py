"""Lines with their places on typeset pages: frames, columns, and where paragraphs begin."""

from __future__ import annotations

import pytest

from transforms.files.layout import Line, join_segments, paragraphs, without_frame
from transforms.files.ruled import Rule, cut_ruled_tables
from transforms.pieces import Piece

SIZE, LEFT, WIDE = 12.0, 80.0, 30  # points a letter, left margin, letters of a full line
FULL = "现就在全市范围内开展证照清理工作的有关事项通知如下请各地各单位认真"


def line(text: str, at: int, left: float = 0, page: int = 0) -> Line:
    """The line of a page `at` so many lines from its top, begun so many letters from the margin."""
    start, top = LEFT + left * SIZE, 100 + 20 * at
    return Line(text, start, start + len(text) * SIZE, top, top + SIZE, page)


def read(*lines: Line) -> list[str]:
    return [piece.text for piece in paragraphs(lines)]


def full(at: int, page: int = 0) -> Line:
    return line(FULL[:WIDE], at, page=page)


def framed(text: str, top: float, pages: int) -> list[Line]:
    return [Line(text.format(page + 1), 250, 330, top, top + 10, page) for page in range(pages)]


@pytest.mark.parametrize("number", ["— {} —", "-{}-", "{}", "第 {} 页"])
@pytest.mark.parametrize("top", [30, 800])
def test_numbers_of_pages_at_their_edges_are_no_text(number: str, top: float) -> None:
    text = [full(1, page) for page in range(2)]
    assert without_frame([*text, *framed(number, top, 2)], 842) == text


def test_a_figure_within_the_page_is_text() -> None:
    figure = framed("{}", 400, 2)
    assert without_frame(figure, 842) == figure


@pytest.mark.parametrize(("pages", "is_text"), [(2, True), (3, False), (5, False)])
def test_what_stands_at_the_edge_of_most_of_three_or_more_pages_is_a_running_head(
    pages: int, is_text: bool
) -> None:
    head = framed("示范市人民政府公报", 40, pages)
    assert without_frame(head, 842) == (head if is_text else [])


def test_a_line_at_the_edge_of_few_pages_is_text() -> None:
    head = framed("示范市人民政府公报", 40, 2)
    text = [full(1, page) for page in range(5)]
    assert without_frame([*head, *text], 842) == [*head, *text]


def test_a_paragraph_goes_on_over_full_lines_and_ends_in_a_short_one() -> None:
    assert read(line("　　" + FULL[:28], 0), full(1), line("执行。", 2), full(3), line("办理。", 4)) == [
        FULL[:28] + FULL[:WIDE] + "执行。",
        FULL[:WIDE] + "办理。",
    ]


def test_a_line_of_blanks_is_no_paragraph() -> None:
    assert read(line("　 ", 0), full(1), line("执行。", 2), line("　", 3)) == [FULL[:WIDE] + "执行。"]
    assert read(line("　", 0)) == read() == []


def test_an_indented_line_begins_a_paragraph() -> None:
    assert read(full(0), line(FULL[:28], 1, left=2), full(2)) == [FULL[:WIDE], FULL[:28] + FULL[:WIDE]]


def test_a_wider_gap_begins_a_paragraph_and_a_new_page_does_not() -> None:
    above = [full(0), full(1), full(2)]
    assert read(*above, full(4), full(5)) == [FULL[:WIDE] * 3, FULL[:WIDE] * 2]
    assert read(*above, full(0, page=1), full(1, page=1)) == [FULL[:WIDE] * 5]


def test_lines_in_the_middle_or_at_the_right_stand_alone() -> None:
    pieces = paragraphs(
        [line("关于清理证照的通知", 0, left=10), full(1), full(2), line("示范市人民政府", 3, left=22)]
    )
    assert [(piece.text, piece.align) for piece in pieces] == [
        ("关于清理证照的通知", "center"),
        (FULL[:WIDE] * 2, ""),
        ("示范市人民政府", "right"),
    ]


def test_a_blank_stands_where_latin_words_meet_at_a_lines_end() -> None:
    latin = "one stop service of the city so"
    assert read(line(latin, 0), line("called reform。", 1)) == [f"{latin} called reform。"]


def test_segments_side_by_side_are_one_line_with_a_blank_where_a_gap_is() -> None:
    parts = [line("二", 0, left=2), line("一、", 0), line("事项", 0, left=5)]
    assert [one.text for one in join_segments(parts)] == ["一、二 事项"]


def box(columns: list[float], rows: list[float]) -> list[Rule]:
    """The rules of a table with these columns and rows."""
    flat = [Rule(columns[0], y, columns[-1], y) for y in rows]
    return flat + [Rule(x, rows[0], x, rows[-1]) for x in columns]


def in_cell(text: str, x: float, y: float) -> Line:
    return Line(text, x + 4, x + 4 + len(text) * SIZE, y + 4, y + 4 + SIZE, 0)


COLUMNS, ROWS = [80.0, 200.0, 400.0], [100.0, 130.0, 160.0, 190.0]


def test_text_above_between_and_below_ruled_tables_keeps_its_place() -> None:
    above, below = line("附件", -2), line("注：试行", 20)
    inside = [
        in_cell(f"{row}{column}", COLUMNS[column], ROWS[row]) for row in range(3) for column in range(2)
    ]
    parts = cut_ruled_tables([below, *inside, above], box(COLUMNS, ROWS))
    assert [part.kind if isinstance(part, Piece) else [one.text for one in part] for part in parts] == [
        ["附件"],
        "table",
        ["注：试行"],
    ]


def test_fields_without_a_rule_between_them_are_one_cell() -> None:
    rules = [
        *(Rule(80, y, 400, y) for y in (100, 130, 190)),
        Rule(80, 160, 200, 160),  # the right column goes on below the first row
        *(Rule(x, 100, x, 190) for x in (80, 400)),
        Rule(200, 130, 200, 190),  # the head spans both columns
    ]
    texts = [
        in_cell("分工", 80, 100),
        in_cell("1", 80, 130),
        in_cell("2", 80, 160),
        in_cell("市司法局", 200, 130),
    ]
    [table] = cut_ruled_tables(texts, rules)
    assert isinstance(table, Piece)
    assert [(one.text, one.row, one.column, one.row_span, one.column_span) for one in table.cells] == [
        ("分工", 0, 0, 1, 2),
        ("1", 1, 0, 1, 1),
        ("市司法局", 1, 1, 2, 1),
        ("2", 2, 0, 1, 1),
    ]


def test_a_thin_path_is_a_rule_and_a_box_is_four() -> None:
    assert Rule.sides(0, 0, 100, 1) == [Rule(0, 0, 100, 1)]
    assert Rule.sides(0, 0, 3, 1) == []  # a dot
    assert Rule.sides(0, 0, 100, 20) == [
        Rule(0, 0, 100, 0),
        Rule(0, 20, 100, 20),
        Rule(0, 0, 0, 20),
        Rule(100, 0, 100, 20),
    ]
