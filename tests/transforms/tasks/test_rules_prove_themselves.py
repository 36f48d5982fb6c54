"""Every rule reads its examples and leaves its look-alikes."""

from typing import Any

import pytest

from tests.transforms.tasks.reading import CONTEXT
from transforms.tasks import (
    citations,
    deadline_signs,
    deadlines,
    figures,
    kinds,
    labels,
    lead_notes,
    rhythms,
    roles,
    subject_names,
    subjects,
    target_asides,
    targets,
)
from transforms.tasks.stretches import Stretches
from transforms.tasks.view import View

Case = tuple[Any, str]


def examples(rules: Any, which: str) -> list[Any]:
    return [
        pytest.param(rule, text, id=f"{rule.name}-{text}") for rule in rules for text in getattr(rule, which)
    ]


def read_dues(text: str) -> list[deadlines.Due]:
    rhythm = rhythms.read_rhythms(text, 0, len(text))
    return deadlines.read_deadlines(text, [(0, len(text))], [], CONTEXT, rhythm)


@pytest.mark.parametrize(("rule", "text"), examples(deadlines.RULES, "reads"))
def test_a_deadline_rule_reads_its_examples(rule: Any, text: str) -> None:
    [due] = read_dues(text)
    assert (due.rule, due.due.isoformat()) == (rule.name, rule.reads[text])


@pytest.mark.parametrize(("rule", "text"), examples(deadlines.RULES, "leaves"))
def test_a_deadline_rule_leaves_its_look_alikes(rule: Any, text: str) -> None:
    assert rule.name not in [due.rule for due in read_dues(text)]


@pytest.mark.parametrize(("sign", "text"), examples(deadline_signs.SIGNS, "examples"))
def test_a_sign_tells_whether_a_date_is_a_deadline(sign: Any, text: str) -> None:
    assert bool(read_dues(text)) == sign.is_deadline


@pytest.mark.parametrize(("rule", "text"), examples(rhythms.RULES, "reads"))
def test_a_rhythm_rule_reads_its_examples(rule: Any, text: str) -> None:
    [rhythm] = rhythms.read_rhythms(text, 0, len(text))
    assert (rhythm.rule, rhythm.rrule) == (rule.name, rule.reads[text])


@pytest.mark.parametrize(("rule", "text"), examples(rhythms.RULES, "leaves"))
def test_a_rhythm_rule_leaves_its_look_alikes(rule: Any, text: str) -> None:
    assert rule.name not in [rhythm.rule for rhythm in rhythms.read_rhythms(text, 0, len(text))]


@pytest.mark.parametrize("rule", [*rhythms.RULES], ids=lambda rule: rule.name)
def test_what_a_rhythm_rule_writes_is_a_rule_of_rfc_5545(rule: Any) -> None:
    from datetime import datetime

    from dateutil.rrule import rrulestr

    for written in rule.reads.values():
        assert rrulestr(written, dtstart=datetime(2023, 1, 1))[0].year >= 2023  # noqa: DTZ001


@pytest.mark.parametrize(("style", "text"), examples(labels.STYLES, "reads"))
def test_a_label_style_reads_its_examples(style: Any, text: str) -> None:
    label = labels.label_at(text, 0, len(text))
    assert label is not None
    assert (label.style.name, label.no) == (style.name, style.reads[text])


@pytest.mark.parametrize(("style", "text"), examples(labels.STYLES, "leaves"))
def test_a_label_style_leaves_its_look_alikes(style: Any, text: str) -> None:
    label = labels.label_at(text, 0, len(text))
    assert label is None or label.style.name != style.name


@pytest.mark.parametrize(("form", "text"), examples(citations.FORMS, "reads"))
def test_a_citation_form_reads_its_examples(form: Any, text: str) -> None:
    [citation] = citations.read_citations(View("根据" + text), None, "body")
    assert (citation.rule, citation.doc_no) == (form.name, form.reads[text])


@pytest.mark.parametrize(("form", "text"), examples(citations.FORMS, "leaves"))
def test_a_citation_form_leaves_its_look_alikes(form: Any, text: str) -> None:
    assert form.anchor.search(text) is None


ASKED = {
    kinds.NO_TASKS.name: kinds.holds_no_tasks,
    kinds.SAFEGUARDS.name: kinds.is_safeguard,
    kinds.REPORTS.name: kinds.is_reporting,
}


@pytest.mark.parametrize(("rule", "name"), examples(kinds.RULES, "reads"))
def test_a_rule_of_names_knows_its_sections(rule: Any, name: str) -> None:
    label = labels.label_at(name, 0, len(name))
    assert ASKED[rule.name](name[label.end :] if label else name)


@pytest.mark.parametrize(("rule", "name"), examples(kinds.RULES, "leaves"))
def test_a_rule_of_names_leaves_other_sections(rule: Any, name: str) -> None:
    assert not ASKED[rule.name](name)


@pytest.mark.parametrize(("form", "text"), examples(lead_notes.FORMS, "reads"))
def test_a_note_says_who_leads(form: Any, text: str) -> None:
    found = lead_notes.find_note(text, 0, len(text))
    assert found is not None
    assert found[1].rule == form.name


@pytest.mark.parametrize(("form", "text"), examples(lead_notes.FORMS, "leaves"))
def test_a_look_alike_of_a_note_says_nothing(form: Any, text: str) -> None:
    found = lead_notes.find_note(text, 0, len(text))
    assert found is None or found[1].rule != form.name


@pytest.mark.parametrize(("rule", "member"), examples(roles.LABELS, "reads"))
def test_a_label_gives_its_role(rule: Any, member: str) -> None:
    label = roles.label_at_beginning(member)
    assert label is not None
    assert roles.label_role(label) == rule.role
    assert [found.span() for found in roles.labels_in(member, 0, len(member))] == [label.span()]


@pytest.mark.parametrize(("rule", "member"), examples(roles.LABELS, "leaves"))
def test_a_label_leaves_what_gives_another_role(rule: Any, member: str) -> None:
    label = roles.label_at_beginning(member)
    assert label is None or roles.label_role(label) != rule.role


@pytest.mark.parametrize(("rule", "member"), examples(roles.VERBS, "reads"))
def test_a_verb_after_a_unit_gives_its_role(rule: Any, member: str) -> None:
    verb = roles.verb_at_end(member)
    assert verb is not None
    assert (member.removesuffix(verb), roles.role_of(verb)) == ("市水务局", rule.role)


@pytest.mark.parametrize(("rule", "member"), examples(roles.VERBS, "leaves"))
def test_a_verb_leaves_what_gives_another_role(rule: Any, member: str) -> None:
    verb = roles.verb_at_end(member)
    assert verb is None or roles.role_of(verb) != rule.role


@pytest.mark.parametrize(("aside", "text"), examples(target_asides.ASIDES, "examples"))
def test_an_aside_holds_of_its_examples_and_makes_them_no_target(aside: Any, text: str) -> None:
    [figure] = figures.read_figures(text, 0, len(text), Stretches())
    assert aside.holds(figure)
    assert targets.read_targets(text, [(0, len(text))], [], []) == []


UNITS = {subject_names.TIMED: "个工作日", subject_names.SHARE: "%", subject_names.COUNTED: "项"}


def subject_read(subject: Any, text: str) -> str:
    unit = UNITS[subject.measure]
    said = f"{text}1{unit}"
    return subjects.subject_of(said, 0, len(text), len(said), len(said), unit)


@pytest.mark.parametrize(("subject", "text"), examples(subject_names.SUBJECTS, "reads"))
def test_a_thing_measured_has_one_name(subject: Any, text: str) -> None:
    assert subject_read(subject, text) == subject.name


@pytest.mark.parametrize(("subject", "text"), examples(subject_names.SUBJECTS, "leaves"))
def test_another_thing_has_another_name(subject: Any, text: str) -> None:
    assert subject_read(subject, text) != subject.name
