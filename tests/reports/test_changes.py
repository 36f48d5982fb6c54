"""What changed in a text, shown in place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.changes import Piece, difference, in_words

OLD = "一、总则。\n二、6月24日前完成清单编制。\n三、附则。"


def test_a_reworded_sentence_shows_the_figure_that_changed_as_a_whole() -> None:
    found = difference(OLD, OLD.replace("24日", "28日"))
    assert found.hunks == (
        (
            Piece("same", "二、6月"),
            Piece("gone", "24"),
            Piece("new", "28"),
            Piece("same", "日前完成清单编制。"),
        ),
    )
    assert in_words(found) == "二、6月［删：24］［增：28］日前完成清单编制。"


TASK = (
    "（一）推行告知承诺。公布清单，不少于30项。（市司法局牵头，市公安局配合；11月30日前完成）\n（二）其他。"
)


def test_a_change_within_a_paragraph_says_of_which_task_it_is() -> None:
    found = difference(TASK, TASK.replace("11月30日", "12月30日"))
    assert in_words(found) == "（一）推行告知承诺。…［删：11］［增：12］月30日前完成）"
    found = difference(TASK, TASK.replace("公布清单，不少于30项。", ""))
    assert in_words(found) == "（一）推行告知承诺。［删：公布清单，不少于30项。］"
    found = difference(TASK, TASK.replace("其他。", "另外。"))
    assert in_words(found).startswith("（二）")


def test_a_long_opening_is_cut() -> None:
    old = "各" * 90 + "。一。二。"
    assert in_words(difference(old, old.replace("二", "三"))).startswith("各" * 40 + "……［删")


def test_a_new_and_a_lost_sentence_stand_for_themselves() -> None:
    found = difference(OLD, "一、总则。\n三、附则。\n四、解释。")
    assert [[p.kind for p in hunk] for hunk in found.hunks] == [["gone"], ["new"]]


def test_many_places_are_counted_not_listed() -> None:
    old = "".join(f"第{n}条甲。\n不变{n}。\n" for n in range(20))
    found = difference(old, old.replace("甲", "乙"))
    assert (len(found.hunks), found.more) == (6, 14)


@given(st.text(alphabet="甲乙丙。；\n12", max_size=60), st.text(alphabet="甲乙丙。；\n12", max_size=60))
def test_pieces_hold_all_that_is_new_and_all_that_is_gone(old: str, new: str) -> None:
    found = difference(old, new, most=100)
    assert all(piece.text for hunk in found.hunks for piece in hunk)
    assert (not found.hunks) == (difference(new, old, most=100).hunks == ())
