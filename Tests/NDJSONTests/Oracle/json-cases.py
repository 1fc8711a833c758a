#!/usr/bin/env python3
"""Lines that are JSON objects or nearly so, with the verdict of Python's own parser.

Prints `hex-of-line<TAB>ok|bad`. Deterministic: the same seed gives the same cases.
usage: json-cases.py COUNT SEED
"""
import json
import random
import sys

DEPTH_LIMIT = 512


def constant(name):
    raise ValueError(name)


def verdict(line: bytes) -> str:
    try:
        text = line.decode("utf-8")
        pairs = []

        def hook(members):
            pairs.append(members)
            return dict(members)

        value = json.loads(text, object_pairs_hook=hook, parse_constant=constant)
    except (ValueError, RecursionError):
        return "bad"
    if not isinstance(value, dict):
        return "bad"
    # The outermost object is finished last; no member may stand in it twice.
    names = [name for name, _ in pairs[-1]]
    return "ok" if len(names) == len(set(names)) else "bad"


def text(rng):
    alphabet = ["a", "Z", " ", "é", "日", "👩‍💻", '"', "\\", "\n", "\t", "\x01", "\x7f", "/", "{", "}", ",", ":"]
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(0, 40)))


def value(rng, depth=0):
    kind = rng.randrange(8 if depth < 4 else 6)
    if kind == 0:
        return None
    if kind == 1:
        return rng.choice([True, False])
    if kind == 2:
        return rng.randrange(-10**12, 10**12)
    if kind == 3:
        return rng.uniform(-1e9, 1e9) * 10 ** rng.randrange(-20, 20)
    if kind in (4, 5):
        return text(rng)
    if kind == 6:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {text(rng): value(rng, depth + 1) for _ in range(rng.randrange(5))}


def good(rng) -> bytes:
    members = {text(rng): value(rng) for _ in range(rng.randrange(0, 30))}
    separators = rng.choice([(",", ":"), (", ", ": "), (" ,\t", "\r: ")])
    line = json.dumps(members, ensure_ascii=rng.random() < 0.3, separators=separators)
    return line.encode("utf-8", "surrogatepass").replace(b"\n", b" ")


def mutated(rng, line: bytes) -> bytes:
    data = bytearray(line)
    for _ in range(rng.randrange(1, 3)):
        at = rng.randrange(len(data) + 1)
        change = rng.randrange(4)
        if change == 0 and at < len(data):
            del data[at]
        elif change == 1:
            data[at:at] = rng.choice(
                [b'"', b"\\", b",", b":", b"{", b"}", b"[", b"]", b"0", b"-", b".", b"e", b"\\u12",
                 b"\\ud800", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x00", b"nul",
                 b"true", b"NaN", b"+1", b"01", b"\xc3"])
        elif change == 2 and at < len(data):
            data[at] = rng.randrange(256)
        else:
            data = data[:at]
    return bytes(data).replace(b"\n", b" ")


def main():
    count, rng = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    for _ in range(count):
        line = good(rng)
        if rng.random() < 0.6:
            line = mutated(rng, line)
        print(line.hex(), verdict(line), sep="\t")


main()
