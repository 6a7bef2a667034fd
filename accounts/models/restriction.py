"""Cases that an authority keeps to named officers, and whom it names: rows of django-guardian that hang on them."""

import uuid

from django.db import models
from guardian.models import UserObjectPermissionBase

from accounts.models.organisation import Authority
from accounts.models.people import User
from accounts.models.text import ProseField
from accounts.querysets import RestrictionQuerySet


class Restriction(models.Model):
    """
    That an authority keeps a case, an application or a thread, to the officers it names; others have no such case.

    It binds its own authority alone: the other side of a thread keeps its side as it chooses.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="restrictions")
    case_id = models.UUIDField(help_text="Of the application or thread; it ends with it.")
    reason = ProseField()
    since = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "case_id"], name="restriction_once_per_case")]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.case_id}"


class RestrictionUserPermission(UserObjectPermissionBase):
    """That an officer is named: a permission of django-guardian with a foreign key, gone with either end."""

    content_object = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="named")


class RestrictedRecord(models.Model):
    """A record kept to the named officers: the case, and what follows from it, such as its decision."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="records")
    subject_id = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restriction", "subject_id"], name="restricted_record_once")]

    def __str__(self) -> str:
        return str(self.subject_id)
