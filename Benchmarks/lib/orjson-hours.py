"""Sums minutes by person, project and day with orjson: what a script in Python would do."""
import sys
from collections import defaultdict

import orjson

sums = defaultdict(float)
for line in sys.stdin.buffer:
    event = orjson.loads(line)
    if event.get("record", "event") != "event" or event["showAs"] == "free" or event["isCancelled"]:
        continue
    projects = [name for name in event["categories"] if "[PROJECT]" in name.upper()] or [None]
    for project in projects:
        sums[event["mail"], project, event["startLocal"][:10]] += event["minutes"] / len(projects)
for key in sorted(sums, key=str):
    print(*key, sums[key], sep=",")
