"""These run for long: `make soak` collects them, the ordinary run does not."""

import os

collect_ignore_glob = [] if os.environ.get("EXCHANGE_FULL") == "1" else ["test_*.py"]
