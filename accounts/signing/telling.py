"""What a person is told about how they come in: by mail and in their notices, ids only."""

from datetime import datetime

from accounts import outbox, tenant
from accounts.models import User
from accounts.principals import of_user


def tell(kind: str, user: User, *, now: datetime) -> None:
    """Tell a person about themselves; at the door, where nobody acts yet, it is they who act."""
    if not tenant.current_authority():
        tenant.enter(of_user(user, at=now))
    outbox.post(kind, to=[], people=[user], subject=user, reference=str(user.pk)[:8], now=now)
