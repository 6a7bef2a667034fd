"""
The check of Ed25519 signatures in plain integers, for the program an auditor runs at home without any library.

The exchange itself signs and checks with `cryptography`; this is read by `offline` alone. Source: RFC 8032, 5.1.7.
"""

import hashlib
from functools import lru_cache

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
KEY_BYTES, SIGNATURE_BYTES = 32, 64

Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether a signature of a message was made with the private part of a public key."""
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    owner, commitment = _read(public), _read(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if owner is None or commitment is None or answer >= ORDER:
        return False
    challenge = _number(signature[:32], public, message) % ORDER
    return _same(_times_base(answer), _add(commitment, _times(challenge, owner)))


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar: int, point: Point) -> Point:
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point, scalar = _add(point, point), scalar >> 1
    return result


@lru_cache(maxsize=1)
def _multiples() -> tuple[tuple[Point, ...], ...]:
    """Return the base point times 0 to 15, times each power of 16: a signature is made of 64 of them."""
    y = 4 * pow(5, P - 2, P) % P
    x = _recovered(y, 0)
    assert x is not None, "the base point is on the curve"
    unit, rows = (x, y, 1, x * y % P), []
    for _place in range(64):
        row = [NEUTRAL]
        while len(row) < 17:
            row.append(_add(row[-1], unit))
        unit = row.pop()
        rows.append(tuple(row))
    return tuple(rows)


def _times_base(scalar: int) -> Point:
    result = NEUTRAL
    for place, row in enumerate(_multiples()):
        result = _add(result, row[scalar >> 4 * place & 15])
    return result


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def _read(written: bytes) -> Point | None:
    number = int.from_bytes(written, "little")
    sign_of_x, y = number >> 255, number & ((1 << 255) - 1)
    x = _recovered(y, sign_of_x)
    return None if x is None else (x, y, 1, x * y % P)


def _recovered(y: int, sign_of_x: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign_of_x else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign_of_x else x
