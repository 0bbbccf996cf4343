"""What staff record about a mentor."""

from __future__ import annotations

from django import forms

from users.fields import InOurWords, PlainTextarea


class Outcome(InOurWords, forms.Form):
    is_clear = forms.TypedChoiceField(
        label="Does anything stand in the way?",
        choices=[("True", "No, nothing"), ("False", "Yes, it needs a decision")],
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Say whether anything stands in the way"},
    )


class IdentityCheck(Outcome):
    seen = forms.BooleanField(
        label="I have seen an original identity document with a photograph; name and birth date agree",
        error_messages={"required": "Tick the box if you have seen the document yourself"},
    )
    field_order = ("seen", "is_clear")


class ReferencesHeard(Outcome):
    heard = forms.BooleanField(
        label="I have spoken to both referees by phone and they confirmed who they are and what they wrote",
        error_messages={"required": "Tick the box if you have spoken to both referees"},
    )
    field_order = ("heard", "is_clear")


class Approve(InOurWords, forms.Form):
    sure = forms.BooleanField(
        label="I have read replies, checks and disclosure, and would let this person meet a child",
        error_messages={"required": "Tick the box if you have read everything"},
    )


class Decline(InOurWords, forms.Form):
    reason = forms.ChoiceField(
        label="Reason, for our books",
        choices=[
            ("references", "References"),
            ("checks", "Identity or DBS"),
            ("disclosure", "What they told us"),
            ("fit", "Not right for mentoring"),
            ("no_answer", "They stopped answering"),
            ("own_wish", "Their own wish"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose a reason"},
    )
    words = PlainTextarea(
        label="What we say to them",
        help_text="This goes into the letter, word for word. Nothing about anybody else.",
        max_length=1500,
        rows=5,
        error_messages={"required": "Write a few kind and true sentences for the letter"},
    )


class Suspend(InOurWords, forms.Form):
    reason = forms.ChoiceField(
        label="Reason, for our books",
        help_text="No letter goes out. Speak to them first.",
        choices=[
            ("conduct", "How they behaved"),
            ("checks", "A check has to be looked at again"),
            ("told_us", "Something they told us"),
            ("own_wish", "Their own wish"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose a reason"},
    )


class Return(InOurWords, forms.Form):
    reason = forms.ChoiceField(
        label="Why they may return",
        choices=[
            ("cleared", "Looked into, and nothing stands in the way"),
            ("agreed", "We have agreed what changes"),
            ("own_wish", "They stepped back by their own wish"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose why they may return"},
    )
