"""For whom the current database transaction runs: read by row-level security."""

from django.db import connection

from accounts.roles import Principal


def enter(principal: Principal) -> None:
    """
    Tell the database, for the current transaction only, which authority acts.

    The setting dies with the transaction (`SET LOCAL`), so a pooled connection carries nothing over. Statements here
    are short: compiling one to machine code would take longer than running it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('exchange.authority', %s, true), set_config('exchange.principal', %s, true), "
            "set_config('jit', 'off', true)",
            [str(principal.authority_id or ""), principal.kind],
        )


def current_authority() -> str:
    """Return the authority the current transaction acts for, "" for none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('exchange.authority', true), '')")
        (authority,) = cursor.fetchone()
    return str(authority)
