"""The words we ship: how long they take, how they read, and that what keeps people safe is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from training import rules
from training.reader import ReadCourse, ReadLesson, ReadModule, ReadQuestion, read_course

COURSES = Path(__file__).resolve().parents[2] / "training" / "courses"
MENTORS, YOUNG_PEOPLE = "becoming-a-mentor", "getting-ready-for-your-mentor"
# Slug: modules; lessons and questions at the least; minutes from and to; at the most the mean of words in a
# sentence and the reading age in years, both below what the voice asks for.
PROMISES: dict[str, tuple[int, int, int, tuple[int, int], float, int]] = {
    MENTORS: (10, 3, 8, (110, 125), 9.0, 10),
    YOUNG_PEOPLE: (3, 2, 8, (12, 18), 8.0, 9),
}
LONGEST_SENTENCE = 22  # words; one more and somebody on a bus reads it twice
# "No exclamation marks"; one word per idea; nothing that talks down; people see times as "6pm".
NOT_OURS = re.compile(
    r"!|—|\busers?\b|\bdisadvantaged\b|\bsubmit\b|\bscore\b|\butili[sz]e\b|\d ?(?:pm|am)\s*-|\d [ap]m\b|"
    r"[\u2600-\u27bf\U0001f300-\U0001faff]|<\w|https?:",
    re.IGNORECASE,
)


@pytest.fixture(params=PROMISES, scope="module")
def course(request: pytest.FixtureRequest) -> ReadCourse:
    return read_course(COURSES / request.param)


@pytest.fixture(scope="module")
def mentors() -> ReadCourse:
    return read_course(COURSES / MENTORS)


@pytest.fixture(scope="module")
def young() -> ReadCourse:
    return read_course(COURSES / YOUNG_PEOPLE)


def minutes(module: ReadModule) -> int:
    """As the pages reckon it: each lesson rounded up, and the quiz."""
    read = sum(rules.reading_minutes(len(lesson.body.split())) for lesson in module.lessons)
    return read + rules.quiz_minutes(len(module.questions))


def prose(question: ReadQuestion) -> Iterator[str]:
    yield question.story
    yield question.text
    for choice in question.choices:
        yield choice.text
        yield choice.feedback


def texts(course: ReadCourse) -> Iterator[tuple[str, str]]:
    """Where, and every text a person reads there."""
    yield "course.toml", f"{course.fields['title']}. {course.fields['summary']}"
    for module in course.modules:
        yield module.slug, f"{module.fields['title']}. {module.fields['summary']}"
        for lesson in module.lessons:
            yield f"{module.slug}/{lesson.slug}", f"{lesson.title}.\n\n{lesson.body}"
        for question in module.questions:
            for text in prose(question):
                yield f"{module.slug}, {question.slug}", text


def sentences(text: str) -> list[int]:
    """The words of each sentence. A heading, an item of a list and a speech end as a sentence does."""
    text = re.sub(r"^:::.*$", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*(?:#+|[-*]|\d+\.)\s+", "\n\n", text, flags=re.MULTILINE)
    parts = re.split(r"(?<=[.?:])[”’*)]*\s+|\n\s*\n|\||[.?]$", text.replace("*", ""))
    return [len(words) for part in parts if len(words := re.findall(r"[\w’'-]+", part)) > 1]


def reading_age(lengths: list[int], words: list[str]) -> float:
    """Flesch and Kincaid's grade and the five years before school; syllables are counted by their vowels."""
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * mean(lengths) + 11.8 * syllables / len(words) - 15.59 + 5


def test_they_take_as_long_as_we_say(course: ReadCourse) -> None:
    modules, lessons, questions, (least, most), *_ = PROMISES[course.slug]
    assert len(course.modules) == modules
    assert least <= sum(minutes(module) for module in course.modules) <= most
    exact = sum(
        sum(rules.reading_minutes(len(lesson.body.split())) for lesson in module.lessons)
        + rules.ASKED * rules.SECONDS_A_QUESTION / 60
        for module in course.modules
    )
    assert least <= exact <= most
    # The pages reckon it; a figure in the summary would stay behind when a lesson changes.
    assert not re.search(r"\b(?:minute|hour)s?\b", course.fields["summary"])
    for module in course.modules:
        assert len(module.lessons) >= lessons, module.slug
        assert len(module.questions) >= questions, module.slug


def test_each_quiz_asks_in_all_three_ways_and_answers_every_choice(course: ReadCourse) -> None:
    for module in course.modules:
        assert {question.kind for question in module.questions} == {"one", "many", "scenario"}, module.slug
        for question in module.questions:
            assert len(question.choices) >= 3, question.slug
            said = [choice.feedback for choice in question.choices]
            assert all(len(feedback.split()) >= 4 for feedback in said), question.slug
            assert all(feedback.endswith((".", "”", "?")) for feedback in said), question.slug
    slugs = [question.slug for module in course.modules for question in module.questions]
    assert len(slugs) == len(set(slugs))


def test_the_right_answer_has_no_tell(mentors: ReadCourse) -> None:
    """Neither the first nor the longest is the right one much more often than chance would have it."""
    single = [q for module in mentors.modules for q in module.questions if q.kind != "many"]
    first = sum(q.choices[0].is_right for q in single)
    longest = sum(max(q.choices, key=lambda choice: len(choice.text)).is_right for q in single)
    assert first <= 0.4 * len(single)
    assert 0.15 * len(single) <= longest <= 0.4 * len(single)


def test_they_are_written_in_our_voice(course: ReadCourse) -> None:
    *_, greatest_mean, age = PROMISES[course.slug]
    lengths: list[int] = []
    words: list[str] = []
    for where, text in texts(course):
        assert not (found := NOT_OURS.search(text)), f"{where}: {found and found[0]}"
        assert not re.search(r"['\"]", text), f"{where}: straight quotation marks"
        counted = sentences(text)
        assert max(counted, default=0) <= LONGEST_SENTENCE, f"{where}: {max(counted)} words in one sentence"
        lengths += counted
        words += re.findall(r"[\w’'-]+", text)
    assert len(lengths) > 200
    assert mean(lengths) <= greatest_mean
    assert reading_age(lengths, words) <= age


def test_the_young_people_s_lessons_are_short(young: ReadCourse) -> None:
    for module in young.modules:
        for lesson in module.lessons:
            assert len(lesson.body.split()) <= rules.WORDS_A_MINUTE, lesson.slug


def test_each_lesson_of_the_mentors_ends_with_a_pause_to_think(mentors: ReadCourse) -> None:
    for module in mentors.modules:
        for lesson in module.lessons:
            last_card = lesson.body.rstrip().split("::: ")[-1]
            assert last_card.startswith("reflect"), f"{module.slug}/{lesson.slug}"


def test_every_card_that_is_opened_is_closed(course: ReadCourse) -> None:
    for module in course.modules:
        for lesson in module.lessons:
            assert _fences_match(lesson), f"{module.slug}/{lesson.slug}"


def _fences_match(lesson: ReadLesson) -> bool:
    is_open = False
    for line in lesson.body.splitlines():
        if line.startswith(":::"):
            opens = bool(re.fullmatch(r"::: (?:words|avoid|reflect|urgent|three|more \S.*)", line))
            if opens == is_open or (not opens and line != ":::"):
                return False
            is_open = opens
    return not is_open


def test_what_keeps_people_safe_is_there(mentors: ReadCourse, young: ReadCourse) -> None:
    safety = next(module for module in mentors.modules if module.slug == "keeping-people-safe")
    assert safety.fields["lapses_after_months"] == 12
    words = " ".join(lesson.body for lesson in safety.lessons)
    for needed in (
        "call 999",
        "0800&nbsp;1111",
        "116&nbsp;123",
        "same day",
        "**Something doesn’t feel right?**",
        "can’t keep this just between us",
        "Never suggest an answer",
        "Their words",
    ):
        assert needed in words, needed
    words = " ".join(lesson.body for lesson in young.modules[-1].lessons)
    for needed in (
        "999",
        "0800&nbsp;1111",
        "116&nbsp;123",
        "**Something doesn’t feel right?**",
        "not your fault",
    ):
        assert needed in words, needed


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("One two. Three four five?", [2, 3]),
        ("## A title here\n\n- an item\n- another one here", [3, 2, 3]),
        ("“We said so.” She laughed a bit.", [3, 4]),
        ("::: more What then?\nDo it now.\n:::\n", [3]),
    ],
)
def test_the_count_of_words_in_a_sentence_can_count(text: str, counted: list[int]) -> None:
    assert sentences(text) == counted


def test_the_reading_age_can_rise() -> None:
    plain, learned = "We met and we had tea", "Organisational accountability necessitates documentation"
    assert reading_age([6], plain.split()) < 10 < reading_age([4], learned.split())
