#!/usr/bin/env python3
"""A slow second opinion on gaps: each second from one clock change, border or entry to the next is looked at alone.

usage: gaps.py COUNT SEED    prints each random calendar whose "tt-report gaps" isn't what it must be
"""
import json
import random
import sys
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from oracle import DAYS, EPOCH, ZONES, Entry, Options, number, random_event, run, start_of_day

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
TIMES = ["00:00:00", "02:30:00", "08:00:00", "09:15:30", "17:00:00", "22:00:00", "23:59:59"]


def instant(day, clock, zone):
    """When a clock shows this; the first time where it does so twice, by the old offset where it never does."""
    shown = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    return int((shown.astimezone(timezone.utc) - EPOCH).total_seconds())


def working_span(day, hours):
    if hours is None or WEEKDAYS[day.weekday()] not in hours["daysOfWeek"]:
        return None
    first, end = hours["startTime"][:8], hours["endTime"][:8]
    zone = hours["timeZone"]["name"]
    behind = day if end > first else day + timedelta(days=1)
    return instant(day, first, zone), instant(behind, end, zone)


def look(stretch, recorded, away):
    """Seconds of a stretch, those away, those recorded, those neither away nor recorded."""
    borders = {s for span in recorded + away for s in span if stretch[0] < s < stretch[1]}
    cuts = sorted(borders | set(stretch))
    sums = [0, 0, 0, 0]
    for first, end in zip(cuts, cuts[1:]):
        def inside(spans):
            return any(a <= first and end <= b for a, b in spans)
        sums[0] += end - first
        sums[1] += (end - first) * inside(away)
        sums[2] += (end - first) * inside(recorded)
        sums[3] += (end - first) * (not inside(away) and not inside(recorded))
    return sums


def day_row(day, zone, hours, recorded, away):
    here = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)
    row = {"recorded": look(here, recorded, [])[2] if here[0] < here[1] else 0}
    if hours is not None:
        span = working_span(day, hours) or (0, 0)
        row["working"], row["away"], _, row["untracked"] = \
            look(span, recorded, away) if span[0] < span[1] else (0, 0, 0, 0)
    return row


def percent(row):
    expected = row["working"] - row["away"]
    return (row["recorded"] * 1000 * 2 + expected) // (expected * 2) / 10 if expected > 0 else None


def shown(names, row):
    minutes = {f"{name}Minutes": number(row[name], 60, 2) if name in row else None
               for name in ("working", "away", "recorded", "untracked")}
    return {**names, **minutes, "utilisationPercent": percent(row) if "working" in row else None}


def person_rows(user, entries, options, by_day):
    hours = user.get("workingHours")
    zone = options.tz or user["timeZone"]
    counted = [e for e in entries if not e.reason(options) or e.reason(options) == "allDay"]
    recorded = [(e.start, e.end) for e in counted if not e.all_day]
    away = [(start_of_day(e.first_day, zone), start_of_day(e.end_day, zone))
            for e in entries if e.all_day and e.show_as == "oof" and e.reason(options) == "allDay"]
    days = [options.first + timedelta(days=n) for n in range((options.last - options.first).days + 1)]
    rows = [(day, day_row(day, zone, hours, recorded, away)) for day in days]
    if by_day:
        return [shown({"user": user["mail"], "day": day.isoformat()}, row) for day, row in rows
                if row.get("working") or row["recorded"]]
    names = ["recorded"] + (["working", "away", "untracked"] if hours else [])
    return [shown({"user": user["mail"]}, {n: sum(row[n] for _, row in rows if n in row) for n in names})]


def random_user(rng, place):
    zone = rng.choice(ZONES)
    user = {"record": "user", "id": f"u{place}", "mail": f"p{place}@example.test", "displayName": f"P {place}",
            "timeZone": zone}
    if rng.random() < 0.8:
        first, end = rng.choice((TIMES[2:5:2], rng.sample(TIMES, 2), rng.sample(TIMES, 2)))
        user["workingHours"] = {
            "daysOfWeek": rng.sample(WEEKDAYS, rng.choice((1, 5, 7))), "startTime": f"{first}.0000000",
            "endTime": f"{end}.0000000", "timeZone": {"name": zone if rng.random() < 0.7 else rng.choice(ZONES)}}
    return user


def random_case(rng):
    first = rng.choice(DAYS) + timedelta(days=rng.randrange(-1, 3))
    days = rng.choice((1, 3, 7))
    args = ["--from", first.isoformat(), "--to", (first + timedelta(days=days - 1)).isoformat()]
    if rng.random() < 0.3:
        args += ["--tz", rng.choice(ZONES)]
    if rng.random() < 0.3:
        args += ["--show-as", rng.choice(("all", "busy,oof", "free"))]
    if rng.random() < 0.2:
        args.append("--only-projects")
    users = [random_user(rng, place) for place in range(rng.choice((1, 2, 3)))]
    events = []
    for place in range(rng.choice((0, 3, 12, 40))):
        user = rng.choice(users)
        event = random_event(rng, place, (user["id"], user["mail"], user["timeZone"]), first, days)
        if event["isAllDay"]:
            event["showAs"] = rng.choice(("oof", "oof", "free", "busy"))
        events.append(event)
    return args, users, events


def main():
    rng = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        args, users, events = random_case(rng)
        options = Options(args)
        entries = [Entry(e, options, {}, {}, []) for e in events]
        by_day = rng.random() < 0.7
        expected = [row for user in users for row in person_rows(
            user, [e for e in entries if e.person == user["id"]], options, by_day)]
        lines = "".join(json.dumps(record) + "\n" for record in users + events)
        words = ["gaps", "-", *args, "--by", "day" if by_day else "user"]
        found = [json.loads(line) for line in
                 run(["tt-report", *words, "--format", "ndjson"], lines).splitlines()]
        if found != expected:
            print(json.dumps({"words": words, "lines": lines, "expected": expected, "found": found}))


main()
