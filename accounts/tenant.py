"""For whom the current database transaction runs: read by row-level security, and how a table is put behind it."""

from django.db import connection

from accounts.roles import Principal

#: Roles that act for the exchange itself: the owner of the tables and the sweeps.
OF_THE_EXCHANGE = "exchange_owner, exchange_worker"
HERE, EVERYWHERE = "(SELECT exchange_tenant())", "(SELECT exchange_everywhere())"
#: What the connections of a shell begin with: it acts for the exchange itself.
AS_THE_EXCHANGE = "-c exchange.principal=system"

#: Addresses whose work the law lays across authorities, by the beginning of their name, and why; each is asked for its
#: permission first, and shows no more than counts, moves, or what `visible_to` of its rows names.
ACROSS = {
    "reports:": "counts of every authority's acts, and the auditor's desk",
    "api-report": "counts of every authority's acts",
    "consultations:flagged": "the auditors read the decisions of all that bear a flag",
    "api-decision-flagged": "the auditors read the decisions of all that bear a flag",
    "consultations:unavailability": "how many periods a window holds, whose they are is not told",
    "consultations:record-unavailability": "a secretariat holds the periods of all",
    "consultations:end-unavailability": "a secretariat lets the periods of all run on",
    "consultations:move-held": "a secretariat moves the periods of all",
    "api-unavailability": "the same over REST",
    "consultations:correct-calendar": "a state's calendar counts the periods of all its authorities",
    "api-calendar": "the same over REST",
    "consultations:conclusion": "those told of a conclusion read it, and not its thread",
    "api-conclusion": "the same over REST",
    "consultations:undercuts": "those told of an undercut read its notice, and not its case",
    "consultations:grant-notice": "those told of a grant read its notice, and not its case",
    "api-grant-notice": "the same over REST",
    "consultations:invitation": "those invited read the sections stated, and not the thread",
    "api-invitation": "the same over REST",
    "denials:erase": "a person is erased from what any authority keeps of the denial",
    "api-denial-erase": "the same over REST",
    "consultations:exonerate": "a person is removed from what any authority keeps",
    "api-exoneration": "the same over REST",
    "applications:alarms": "the auditors read the alarms of all",
    "undelivered": "a secretariat sees the post of all without what it is about",
    "redeliver": "the same, tried again",
    "api-delivery": "the same over REST",
}


def is_across(route: str) -> bool:
    """Tell whether an address works across authorities."""
    return route.startswith(tuple(ACROSS))


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


def walled(table: str, readable: str, *, written: str = "") -> str:
    """
    Return the SQL that lets the web role reach only those rows of a table that a condition names.

    :param readable: of a row, with HERE for the authority that acts.   :param written: of a row added or changed, where
        an act writes what its author may not read, such as the post of others.
    """
    return f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY {table}_exchange ON {table} TO {OF_THE_EXCHANGE} USING (true) WITH CHECK (true);
        CREATE POLICY {table}_web ON {table} TO exchange_web
            USING ({EVERYWHERE} OR ({readable})) WITH CHECK ({EVERYWHERE} OR ({written or readable}));
    """


def unwalled(table: str) -> str:
    """Return the SQL that takes a table from behind the wall."""
    return f"""
        DROP POLICY {table}_web ON {table};
        DROP POLICY {table}_exchange ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
