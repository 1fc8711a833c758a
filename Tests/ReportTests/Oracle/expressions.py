"""Random regular expressions and texts, with what Python's re finds: expressions.py COUNT SEED, a JSON array a line."""

import json
import random
import re
import sys


def atom(depth):
    kind = random.randrange(9 if depth else 6)
    if kind < 3:
        return random.choice("abAB ")
    if kind == 3:
        return random.choice([r"\w", r"\s", r"\d", ".", r"\b", r"\W", r"\S", "ä", "Ö"])
    if kind == 4:
        return "[" + random.choice(["ab", "^a", "a-c", "0-9", "äö", "^b "]) + "]"
    if kind == 5:
        return random.choice(["^", "$"])
    return "(" + random.choice(["", "?:"]) + expression(depth - 1) + ")"


def expression(depth):
    parts = []
    for _ in range(random.randint(1, 3)):
        piece = "".join(
            atom(depth) + random.choice(["", "", "", "*", "+", "?", "{1,2}", "*?", "+?"])
            for _ in range(random.randint(1, 4))
        )
        parts.append(piece)
    return "|".join(parts)


def as_python(source):
    """RE2's classes are of ASCII, and its `$` is the very end."""
    for name, ascii in [
        (r"\w", "[a-z0-9_]"), (r"\W", "[^a-z0-9_]"), (r"\s", "[ \t]"), (r"\S", "[^ \t]"), (r"\d", "[0-9]"),
        (r"\b", r"(?a:\b)"), ("$", r"\Z"),
    ]:
        source = source.replace(name, ascii)
    return source


def main(count, seed):
    random.seed(seed)
    while count:
        source = expression(2)
        try:
            compiled = re.compile(as_python(source), re.IGNORECASE)
        except re.error:
            continue
        text = "".join(random.choice("aAbBcäÄöÖ 09-") for _ in range(random.randint(0, 8)))
        print(json.dumps([source, text, "yes" if compiled.search(text) else "no"]))
        count -= 1


main(int(sys.argv[1]), int(sys.argv[2]))
