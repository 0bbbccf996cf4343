"""A field of a form: label, help, error and control, in that order, and tied together for screen readers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from users.fields import BirthDateField, InOurWords, PlainText, WeekField
from users.widgets import Detailed


class Share(InOurWords, forms.Form):
    work = PlainText(label="What do you do for work?", help_text="Retired? Tell us what you used to do.")
    topics = forms.MultipleChoiceField(
        label="Topics",
        choices=[("1", "Interviews"), ("2", "Money")],
        widget=forms.CheckboxSelectMultiple({"class": "choices chips"}),
    )
    way = forms.ChoiceField(
        label="How would you like to meet?",
        choices=[("online", Detailed("Online", "A video call")), ("either", "Either is fine")],
        widget=forms.RadioSelect,
    )
    born = BirthDateField()
    free = WeekField(label="When are you free?")
    note = PlainText(label="Anything else?", required=False)
    agree = forms.BooleanField(label="I agree")


def html(template: str, **context: Any) -> str:
    return Template(template).render(Context(context))


@pytest.fixture
def empty() -> Share:
    return Share({})


def part(form: Share, name: str) -> str:
    return html('{% include "onemm/field.html" with field=field %}', field=form[name])


def test_it_prints_label_help_error_and_control_in_that_order(empty: Share) -> None:
    out = part(empty, "work")
    places = [out.index(bit) for bit in ("<label", 'class="helptext"', 'class="errorlist"', "<input")]
    assert places == sorted(places)


def test_it_ties_help_and_error_to_the_control(empty: Share) -> None:
    out = part(empty, "work")
    control = re.search(r"<input[^>]*>", out)[0]  # type: ignore[index]
    assert 'aria-describedby="id_work_helptext id_work_error"' in control
    assert 'aria-invalid="true"' in control
    for one in ("id_work_helptext", "id_work_error", "id_work"):
        assert f'id="{one}"' in out
    assert 'for="id_work"' in out


def test_it_marks_nothing_as_wrong_before_anyone_answers() -> None:
    out = html("{{ form|crispy }}", form=Share())
    assert "aria-invalid" not in out
    assert "errorlist" not in out


@pytest.mark.parametrize("name", ["topics", "way", "born", "free"])
def test_it_groups_many_boxes_under_one_legend(empty: Share, name: str) -> None:
    out = part(empty, name)
    assert "<fieldset" in out
    assert "<legend" in out
    assert f"id_{name}_error" in re.search(r'<fieldset aria-describedby="([^"]*)"', out)[1]  # type: ignore[index]


def test_it_says_optional_where_that_is_true(empty: Share) -> None:
    assert "(optional)" in part(empty, "note")
    assert "(optional)" not in part(empty, "work")
    empty.marks_optional = False
    assert "(optional)" not in part(empty, "note")


def test_it_gives_choices_their_look_and_their_second_line(empty: Share) -> None:
    assert 'class="choices chips"' in part(empty, "topics")
    assert 'class="choices"' in part(empty, "way")
    assert '<span>Online<span class="sub">A video call</span></span>' in part(empty, "way")


def test_it_wraps_a_single_tick_box_in_its_label(empty: Share) -> None:
    assert re.search(r'<label class="check" for="id_agree"><input type="checkbox"', part(empty, "agree"))


def test_it_makes_the_label_of_a_single_question_the_heading(empty: Share) -> None:
    empty.asks_one = True  # type: ignore[attr-defined]
    assert '<h1><label for="id_work"' in part(empty, "work")
    assert '<legend class="h2"><h1>Topics</h1></legend>' in part(empty, "topics")


def test_it_lists_every_mistake_once_and_links_each_to_a_box(empty: Share) -> None:
    out = html('{% include "components/error_summary.html" %}{{ form|crispy }}', form=empty)
    assert "Six things need another look" in out
    targets = re.findall(r'<li><a href="#([^"]+)">', out)
    assert len(targets) == 6
    for one in targets:
        assert f'id="{one}"' in out, one


def test_it_counts_one_thing_as_one() -> None:
    class One(InOurWords, forms.Form):
        name = PlainText(label="First name")

    out = html('{% include "components/error_summary.html" %}', form=One({}))
    assert "One thing needs another look" in out
    assert "Enter first name" in out


def test_it_never_speaks_in_stock_sentences(empty: Share) -> None:
    said = str(empty.errors)
    assert "This field is required" not in said
    assert "Answer “What do you do for work?”" in said
    assert "Choose at least one of: topics" in said


def test_it_leaves_a_sentence_of_the_fields_own_alone() -> None:
    class One(InOurWords, forms.Form):
        name = PlainText(error_messages={"required": "Tell us your name"})

    assert One({}).errors["name"] == ["Tell us your name"]


def test_it_escapes_what_people_type() -> None:
    out = part(Share({"work": '"><script>alert(1)</script>'}), "work")
    assert "<script" not in out


def test_it_prints_a_whole_form_with_token_and_summary(empty: Share) -> None:
    out = Template("{% crispy form %}").render(Context({"form": empty, "csrf_token": "abc"}))
    assert out.index("error-summary") < out.index("<form")
    assert 'name="csrfmiddlewaretoken" value="abc"' in out
    assert "novalidate" in out
    assert out.count("<input") == 1 + 1 + 2 + 2 + 3 + 21 + 1 + 1
