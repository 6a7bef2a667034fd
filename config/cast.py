"""The people of the demonstration: invented, offered by role on the sign-in page, never made elsewhere."""

# authority code: (officer, supervisor)
OFFICERS = {
    "BE-VLG": ("Lotte Peeters", "Wim Claes"),
    "NL": ("Sanne de Vries", "Pieter Bakker"),
    "DE": ("Jonas Weber", "Katrin Vogel"),
    "FR": ("Camille Laurent", "Hugo Moreau"),
    "FR-CIEEMG": ("Élise Fontaine", "Marc Girard"),
    "IT": ("Giulia Ferri", "Paolo Conti"),
    "SE": ("Elsa Lindqvist", "Nils Berg"),
    "PL": ("Zofia Nowak", "Adam Wrona"),
    "NO": ("Ingrid Dahl", "Lars Moen"),
}
OTHERS = (
    ("NL", "read_only", "Tom Visser"),
    ("NL", "administrator", "Anouk Smit"),
    ("BE", "officer", "Thomas Dubois"),
    ("EEAS", "secretariat", "Ana Sousa"),
    ("COM", "secretariat", "Matej Horvat"),
    ("COM", "operator", "Ilse Janssens"),
    ("AUDIT", "auditor", "Maria Kask"),
)
CLIENTS = {"BE-VLG": "Flemish licensing system", "NL": "Dutch licensing system"}


def people() -> list[tuple[str, str, str]]:
    """Return (authority, role, name) of everyone."""
    rows = []
    for authority, (officer, supervisor) in OFFICERS.items():
        rows += [(authority, "officer", officer), (authority, "supervisor", supervisor)]
    return [*rows, *OTHERS]


def username(authority: str, role: str) -> str:
    """Return a log-in that says who it is."""
    return f"{authority.lower()}.{role.replace('_', '-')}"
