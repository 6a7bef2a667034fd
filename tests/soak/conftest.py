"""The ordinary run makes the short form of these batteries; what has none is for `make soak` alone."""

import os

collect_ignore = [] if os.environ.get("EXCHANGE_FULL") == "1" else ["test_backup.py", "test_mirror.py"]
