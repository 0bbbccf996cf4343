"""Refer a young person: a partner that knows them writes the first lines."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentees import emails, rules
from mentees.actions.permission import OWN_ADDRESS, note_guardian, record_paper
from mentees.models import Mentee, Profile, Referral, Request
from mentees.rules import Guardian
from partners.models import Coordinator, Programme
from users.actions import open_account, tidy_email
from users.models import User


class MaybeTwice(NotAllowed):
    """The same name and birth date were referred by this partner before."""

    def __init__(self, referral: Referral) -> None:
        super().__init__("You may have referred this person already.")
        self.referral = referral


@transaction.atomic
def refer(
    *,
    by: Any,
    first_name: str,
    last_name: str,
    born_on: date,
    email: str,
    outcode: str,
    programme: Programme,
    topics: Any = (),
    note: str = "",
    guardian: Guardian | None = None,
    paper_seen_on: date | None = None,
    is_somebody_else: bool = False,
    form_key: uuid.UUID | None = None,
    at: datetime,
) -> Referral:
    """Refer one young person and write to them to confirm; the same person by the same `form_key` is one.

    `guardian` alone is whom we ask once the young person confirmed; with `paper_seen_on` it is who signed
    the paper that `by` saw. Raises MaybeTwice for a name and birth date this partner has referred before
    (unless `is_somebody_else`), NotAllowed for a partner not verified or an age outside the programme.
    """
    coordinator = (
        Coordinator.objects.select_related("organisation", "user")
        .filter(user=by, user__is_active=True)
        .first()
    )
    if coordinator is None or not coordinator.organisation.may_refer:
        raise NotAllowed("Your organisation cannot refer young people yet. We will tell you when it can.")
    email = tidy_email(email)
    if form_key:
        # A page that was gone back to keeps its key; another name typed there is another referral.
        form_key = uuid.uuid5(form_key, repr((first_name, last_name, born_on, email)))
    if form_key and (sent := Referral.objects.filter(form_key=form_key).first()):
        if sent.organisation_id != coordinator.organisation_id:
            raise NotAllowed("This form was sent before. Please open a new one.")
        return sent
    age = rules.age(born_on, timezone.localdate(at))
    if not programme.min_age <= age <= programme.max_age:
        raise NotAllowed(f"This programme is for ages {programme.ages}.")
    if guardian and guardian.email and rules.is_same_mailbox(guardian.email, email):
        raise NotAllowed(OWN_ADDRESS)
    if not is_somebody_else and (before := _referred_before(coordinator, first_name, last_name, born_on)):
        raise MaybeTwice(before)

    user = User.objects.filter(email=email).first()
    is_new = user is None
    if user is None:
        user = open_account(email, first_name, last_name) or User.objects.get(email=email)
    mentee, is_new_here = Mentee.objects.get_or_create(
        user=user, defaults={"born_on": born_on, "outcode": outcode}
    )
    if is_new_here:
        mentee.topics.set(topics)
        Profile.objects.repack(pk=mentee.pk)
    request = Request.objects.create(mentee=mentee, programme=programme, asked_at=at)
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                request=request,
                organisation=coordinator.organisation,
                by=by,
                sent_at=at,
                note=note,
                first_name=first_name,
                last_name=last_name,
                born_on=born_on,
                **({"form_key": form_key} if form_key else {}),
            )
    except IntegrityError as error:  # the same form twice at once: the other one stands
        raise NotAllowed("This form was sent already. Your list shows it.") from error
    Entry.objects.record(referral, "referred", by=by, at=at)
    # What a partner says about somebody whom we know from elsewhere waits until they confirm.
    if is_new and guardian and rules.needs_permission(age, programme.permission_under):
        if paper_seen_on:
            record_paper(request, guardian, seen_on=paper_seen_on, by=by, at=at, came_with_referral=True)
        else:
            note_guardian(mentee, programme, guardian, at=at, recorded_by=by)
    emails.referred(request, at=at)
    emails.referral_received(referral)
    return referral


def _referred_before(
    coordinator: Coordinator, first_name: str, last_name: str, born_on: date
) -> Referral | None:
    return Referral.objects.filter(
        organisation=coordinator.organisation,
        born_on=born_on,
        first_name__iexact=first_name,
        last_name__iexact=last_name,
    ).first()
