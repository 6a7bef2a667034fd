"""Reminders of a thread: rows planned with its period, each claimed and sent once."""

from django.db import models

from consultations.models.threads import Consultation


class ThreadReminder(models.Model):
    """
    One reminder of one period of a thread; unique, so that any number of sweeps send it once.

    `period_end` is the end it was planned for (for `unopened`: the receipt); moved since, it is passed over. While
    the period is held it waits.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        PASSED = "passed"  # answered or moved before it came, or overtaken by a later one while the period was held

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12)
    period_end = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "kind", "period_end"], name="reminder_once_per_period"),
        ]
        indexes = [models.Index(fields=["due_at"], name="reminder_waiting", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"
