"""Digests that prove content without holding it: canonical form, salted digest, chain hash."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64
_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode  # made once


def canonical(content: Any) -> bytes:
    """Return the one byte form of JSON-like content: sorted keys, no spaces, UTF-8; other values by `str`."""
    return _written(content).encode("utf-8")


def plain(content: Any) -> Any:
    """Return content as JSON reads it back: what a digest is made of, and what is handed out with it."""
    return json.loads(canonical(content))


def digest(content: Any) -> str:
    """Return the SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def salted(content: Any, salt: str) -> str:
    """Return the SHA-256 of salt and canonical form; "" for no content. Without the salt it links to nothing."""
    if content is None:
        return ""
    return hashlib.sha256(salt.encode("ascii") + canonical(content)).hexdigest()


def link(previous_hash: str, columns: Mapping[str, Any]) -> str:
    """Return the hash that chains a record's columns to the record before it."""
    return hashlib.sha256(previous_hash.encode("ascii") + canonical(dict(columns))).hexdigest()
