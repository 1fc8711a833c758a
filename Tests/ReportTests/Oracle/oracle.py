#!/usr/bin/env python3
"""A slow second opinion on hours, written from the contract and not from the program.

usage: oracle.py cases COUNT SEED      random calendars and options, each with what a report must say
       oracle.py database COUNT SEED   as many, each loaded and reported from a database; prints what differs
       oracle.py report ARGS…          reads events on stdin, prints the report as JSON

Where the program sweeps and sums, this counts: it walks over each second's owner in stretches between all
instants at which anything could change, and keeps every share in a list.
"""
import json
import random
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
NONE = "(none)"
ALL_DAY = "(all day)"
TIME_KEYS = {"day", "week", "month", "quarter", "year", "weekday", "hour"}


def utc(second):
    return EPOCH + timedelta(seconds=second)


def local(second, zone):
    return utc(second).astimezone(ZoneInfo(zone))


@lru_cache(maxsize=None)
def start_of_day(day, zone):
    """The first second at which the clocks show the date (or, where it is left out, a later one)."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    guess = int((midnight.astimezone(timezone.utc) - EPOCH).total_seconds())
    first = guess - 86400
    while local(first, zone).date() < day:
        step = 3600
        while step > 1 and local(first + step, zone).date() >= day:
            step //= 2
        first += step
    return first


def day_of(second, zone):
    """The day whose first second has come and whose successor's hasn't."""
    day = local(second, zone).date() + timedelta(days=2)
    while start_of_day(day, zone) > second:
        day -= timedelta(days=1)
    # Of days that begin together the last one holds the second.
    return day


def borders(first, end, zone, hours):
    """Seconds strictly between at which the day (or the hour on the clock) changes."""
    found = set()
    day = day_of(first, zone)
    while start_of_day(day, zone) < end:
        found.add(start_of_day(day, zone))
        day += timedelta(days=1)
    if hours:
        quarter = first - first % 900
        previous = local(first, zone).hour
        while quarter < end:
            hour = local(quarter, zone).hour
            if quarter > first and hour != previous:
                found.add(quarter)
            previous = local(max(quarter, first), zone).hour
            quarter += 900
    return sorted(s for s in found if first < s < end)


def category_key(name):
    """As in Outlook, names that differ only in case are one category, spelled as it was seen first; so are
    names that look the same but are composed of other code points."""
    return unicodedata.normalize("NFC", name.lower())


def shown_name(name):
    bare = name
    lower = bare.lower()
    for marker in ("[project]", "[activity]"):
        while marker in lower:
            at = lower.index(marker)
            bare = bare[:at] + " " + bare[at + len(marker):]
            lower = bare.lower()
    bare = " ".join(bare.split())
    return bare or " ".join(name.split())


def hand_out(seconds, count):
    """Whole seconds, what is left one each to the first."""
    return weighed(seconds, [1] * count)


def weighed(seconds, weights):
    """Whole seconds by weight, what is left one each to the first."""
    parts = [seconds * weight // sum(weights) for weight in weights]
    for place in range(seconds - sum(parts)):
        parts[place] += 1
    return parts


def rounded(seconds, unit, mode):
    low = seconds // unit * unit
    if mode == "down" or low == seconds:
        return low
    if mode == "up":
        return low + unit
    return low + unit if (seconds - low) * 2 >= unit else low


def is_like(pattern, text):
    """Whether a text is what a rule asks for: /a regular expression/ anywhere, or a glob for all of it."""
    pattern, text = unicodedata.normalize("NFC", pattern), unicodedata.normalize("NFC", text)
    if len(pattern) > 1 and pattern[0] == pattern[-1] == "/":
        return re.search(pattern[1:-1], text, re.IGNORECASE) is not None
    glob = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern.lower())
    return re.fullmatch(glob, text.lower(), re.DOTALL) is not None


def is_from(pattern, address):
    """The same for a mail address, of which only the domain is looked at where the pattern has no @."""
    if "@" in pattern or pattern[0] == "/":
        return is_like(pattern, address)
    return "@" in address and is_like(pattern, address.rsplit("@", 1)[1])


def address_of(person):
    return ((person or {}).get("emailAddress") or {}).get("address") or ""


class Rule:
    def __init__(self, text):
        self.when = text.get("when", {})
        self.outcome = text

    def matches(self, entry, names):
        event = entry.event
        looks = {"category": (is_like, names), "subject": (is_like, [event.get("subject") or ""]),
                 "organizer": (is_from, [address_of(event.get("organizer"))]),
                 "attendee": (is_from, [address_of(a) for a in event.get("attendees") or []]),
                 "calendar": (is_like, [event["calendar"]]), "user": (is_from, [event["mail"]])}
        for name, (test, texts) in looks.items():
            patterns = self.when.get(name, [])
            patterns = patterns if isinstance(patterns, list) else [patterns]
            if patterns and not any(test(p, t) for p in patterns for t in texts):
                return False
        day = entry.first_day if entry.all_day else local(entry.start, entry.zone).date()
        return self.when.get("from", "0001-01-01") <= day.isoformat() <= self.when.get("to", "9999-12-31")

    def names(self, kind):
        given = self.outcome[kind]
        weights = given if isinstance(given, dict) else {given: 1}
        return {name: weights[name] for name in sorted(weights)}


class Options:
    def __init__(self, args):
        self.by = ["user", "project", "activity"]
        self.pivot = None
        self.first = self.last = None
        self.tz = None
        self.all_day = "skip"
        self.show_as = None
        self.split = "even"
        self.overlap = "count"
        self.round = None
        self.mode = "nearest"
        self.at = "entry"
        self.only_projects = False
        self.no_split = False
        self.week_start = "monday"
        self.users = None
        self.categories = []
        rest = list(args)
        while rest:
            word = rest.pop(0)
            if word == "--by":
                self.by = rest.pop(0).split(",")
            elif word == "--pivot":
                self.pivot = rest.pop(0)
            elif word == "--from":
                self.first = date.fromisoformat(rest.pop(0))
            elif word == "--to":
                self.last = date.fromisoformat(rest.pop(0))
            elif word == "--tz":
                self.tz = rest.pop(0)
            elif word == "--all-day":
                self.all_day = rest.pop(0)
            elif word == "--show-as":
                self.show_as = rest.pop(0)
            elif word == "--split":
                self.split = rest.pop(0)
            elif word == "--overlap":
                self.overlap = rest.pop(0)
            elif word == "--round":
                self.round = int(rest.pop(0)[:-1]) * 60
            elif word == "--round-mode":
                self.mode = rest.pop(0)
            elif word == "--round-at":
                self.at = rest.pop(0)
            elif word == "--only-projects":
                self.only_projects = True
            elif word == "--week-start":
                self.week_start = rest.pop(0)
            elif word == "--no-split":
                self.no_split = True
            elif word == "--user":
                self.users = rest.pop(0).lower().split(",")
            elif word == "--category":
                self.categories.append(category_key(" ".join(rest.pop(0).split())))
            elif word not in ("-", "--format", "json"):
                raise SystemExit(f"oracle: unknown word {word}")
        self.keys = self.by + ([self.pivot] if self.pivot else [])

    def counts_show_as(self, value):
        if self.show_as is None:
            return value != "free"
        return self.show_as == "all" or value in self.show_as.split(",")


    def admits(self, entry):
        """Whether the event is one of a person and of a category that were asked for."""
        event = entry.event
        return (self.users is None or {event["user"].lower(), event["mail"].lower()} & set(self.users)) \
            and (not self.categories or any(
                category_key(n) in self.categories
                for name in entry.names for n in (" ".join(name.split()), shown_name(name))))


class Entry:
    """One event of the period: where its time lies, and what is known of it."""

    def __init__(self, event, options, designations, spellings, rules):
        self.event = event
        self.zone = options.tz or event["zone"]
        self.user = event["mail"]
        self.person = event["user"]
        self.show_as = event.get("showAs") or "unknown"
        names = [spellings.setdefault(category_key(n), n) for n in event.get("categories") or []]
        self.names = names

        def meant(name, word):
            known = designations.get(category_key(name))
            return known == word if known else f"[{word}]" in name.lower()

        self.projects = {n: 1 for n in sorted({shown_name(n) for n in names if meant(n, "project")})}
        self.activities = {n: 1 for n in sorted({shown_name(n) for n in names if meant(n, "activity")})}
        self.categories = {n: 1 for n in sorted({" ".join(n.split()) for n in names})}
        self.all_day = bool(event.get("isAllDay"))
        self.period = (start_of_day(options.first, self.zone),
                       start_of_day(options.last + timedelta(days=1), self.zone))
        self.pieces = None
        if self.all_day:
            self.first_day = date.fromisoformat(event["startLocal"][:10])
            self.end_day = date.fromisoformat(event["endLocal"][:10])
            self.start = start_of_day(self.first_day, self.zone)
            self.end = start_of_day(self.end_day, self.zone)
            self.is_empty = self.first_day == self.end_day
            low = max(self.first_day, options.first)
            high = min(self.end_day, options.last + timedelta(days=1))
            self.is_inside = (options.first <= self.first_day <= options.last) if self.is_empty \
                else low < high
            self.days = [low + timedelta(days=n) for n in range((high - low).days)]
            if self.is_empty:
                self.days = []
            self.clip = (start_of_day(low, self.zone), start_of_day(high, self.zone)) \
                if self.is_inside and not self.is_empty else (self.start, self.start)
        else:
            self.start, self.end = (
                int((datetime.fromisoformat(event[m].split(".")[0].rstrip("Z") + "+00:00")
                     - EPOCH).total_seconds()) for m in ("startUtc", "endUtc"))
            self.is_empty = self.start == self.end
            low, high = self.period
            self.is_inside = low <= self.start < high if self.is_empty \
                else self.start < high and self.end > low
            self.clip = (max(self.start, low), min(self.end, high)) if not self.is_empty \
                else (self.start, self.start)
        self.billable = self.rate = NONE
        self.follow(next((rule for rule in rules if rule.matches(self, names)), None))

    def follow(self, rule):
        """What the rule says takes the place of what the categories say."""
        if rule is None:
            return
        if "project" in rule.outcome:
            self.projects = rule.names("project")
        if "activity" in rule.outcome:
            self.activities = rule.names("activity")
        if "billable" in rule.outcome:
            self.billable = "yes" if rule.outcome["billable"] else "no"
        if "rate" in rule.outcome:
            self.rate = f"{rule.outcome['rate']:.2f}"

    def by_the_date(self, options):
        return self.all_day and options.all_day not in ("skip", "span")

    def length(self, options):
        if self.by_the_date(options):
            return len(self.days) * int(options.all_day[:-1]) * 3600
        return self.clip[1] - self.clip[0]

    def reason(self, options):
        event = self.event
        if event.get("type") == "seriesMaster":
            return "seriesMaster"
        if event.get("isCancelled"):
            return "cancelled"
        if (event.get("responseStatus") or {}).get("response") == "declined":
            return "declined"
        if self.all_day and options.all_day == "skip":
            return "allDay"
        if not options.counts_show_as(self.show_as):
            return self.show_as
        if options.only_projects and not self.projects:
            return "noProject"
        return None


def settle(entries, options, hours):
    """Gives each entry a list of (first second, seconds) and notes what it lost."""
    lost = {"entries": 0, "seconds": 0}
    timed = [e for e in entries if not e.by_the_date(options)]
    for entry in timed:
        entry.awards = [(entry.clip[0], entry.clip[1], entry.clip[1] - entry.clip[0])]
    if options.overlap == "count":
        return lost
    for person in {e.person for e in timed}:
        mine = [e for e in timed if e.person == person and e.clip[0] < e.clip[1]]
        mine.sort(key=lambda e: (e.start, e.event["id"]))
        cuts = set()
        for entry in mine:
            cuts.update(entry.clip)
            if options.overlap == "share":
                cuts.update(borders(*entry.clip, entry.zone, hours))
            entry.awards = []
        cuts = sorted(cuts)
        for first, end in zip(cuts, cuts[1:]):
            running = [e for e in mine if e.clip[0] <= first and end <= e.clip[1]]
            if not running:
                continue
            if options.overlap == "once":
                running[0].awards.append((first, end, end - first))
            else:
                for entry, part in zip(running, hand_out(end - first, len(running))):
                    if part:
                        entry.awards.append((first, end, part))
        for entry in mine:
            got = sum(a[2] for a in entry.awards)
            gone = entry.clip[1] - entry.clip[0] - got
            lost["seconds"] += gone
            if got == 0:
                lost["entries"] += 1
                entry.is_lost = True
    return lost


def cells(entry, options, grain):
    """The entry's time by (day, hour), as the keys need it."""
    result = defaultdict(int)
    if entry.by_the_date(options):
        days = entry.days or [entry.first_day]
        for day in days:
            cell = (day, ALL_DAY) if grain else None
            if options.no_split and grain:
                cell = (days[0], ALL_DAY)
            result[cell] += int(options.all_day[:-1]) * 3600 if entry.days else 0
        return result

    def cell(second):
        if not grain:
            return None
        hour = f"{local(second, entry.zone).hour:02d}" if grain == "hour" else None
        return (day_of(second, entry.zone), hour)

    for first, end, seconds in entry.awards:
        if options.no_split:
            at = entry.clip[0] if not entry.all_day or not entry.is_empty else None
            result[cell_of_start(entry, cell) if at is None else cell(at)] += seconds
            continue
        inside = borders(first, end, entry.zone, grain == "hour") if grain else []
        if end - first != seconds:
            assert not inside
            result[cell(first)] += seconds
            continue
        marks = [first] + inside + [end]
        if first == end:
            result[cell_of_start(entry, cell)] += 0
        for low, high in zip(marks, marks[1:]):
            if low < high:
                result[cell(low)] += high - low
    return result


def cell_of_start(entry, cell):
    return cell(entry.start)


def shares(entry, seconds, options):
    """(project, activity, category, seconds) as the keys ask for them."""
    projects = entry.projects or {NONE: 1}
    activities = entry.activities or {NONE: 1}
    categories = entry.categories or {NONE: 1}
    if entry.length(options) == 0:
        return [(*(next(iter(names)) for names in (projects, activities, categories)), 0)]

    def divide(amount, weights, is_key):
        names = list(weights)
        if options.split == "first":
            return [(names[0], amount)]
        if options.split == "full":
            return [(n, amount) for n in names] if is_key else [(names[0], amount)]
        return [(n, s) for n, s in zip(names, weighed(amount, list(weights.values()))) if s]

    if "category" in options.keys:
        return [(None, None, c, s)
                for c, s in divide(seconds, categories, True)]
    by_project, by_activity = "project" in options.keys, "activity" in options.keys
    return [(p, a, None, part)
            for p, portion in divide(seconds, projects, by_project)
            for a, part in divide(portion, activities, by_activity)]


WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def week_of(day, start):
    """The ISO week's name, or the first day of a week that begins otherwise."""
    iso = day.isocalendar()
    if start == "monday":
        return f"{iso[0]:04d}-W{iso[1]:02d}"
    while WEEKDAYS[day.weekday()] != start:
        day -= timedelta(days=1)
    return day.isoformat()


def key_value(key, entry, cell, share, options):
    project, activity, category, _ = share
    day, hour = cell or (None, None)
    if key == "organizer":
        return address_of(entry.event.get("organizer")) or NONE
    return {
        "user": lambda: entry.user, "project": lambda: project, "activity": lambda: activity,
        "category": lambda: category, "show-as": lambda: entry.show_as,
        "billable": lambda: entry.billable, "rate": lambda: entry.rate,
        "day": lambda: day.isoformat(), "week": lambda: week_of(day, options.week_start),
        "month": lambda: f"{day.year:04d}-{day.month:02d}",
        "quarter": lambda: f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "year": lambda: f"{day.year:04d}", "hour": lambda: hour,
        "weekday": lambda: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday()],
    }[key]()


def order(key, value, week_start):
    if key == "weekday":
        place = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(value)
        return (0, (place - WEEKDAYS.index(week_start)) % 7, "")
    if key == "billable":
        return (0, ["yes", "no", NONE].index(value), "")
    if key == "rate":
        return (1, 0, "") if value == NONE else (0, float(value), "")
    return (1 if value in (NONE, ALL_DAY) else 0, 0, value)


def number(seconds, per, places):
    scaled = (seconds * 10 ** places * 2 + per) // (per * 2)
    value = scaled / 10 ** places
    return int(value) if value == int(value) else value


def amounts(seconds):
    return {"seconds": seconds, "minutes": number(seconds, 60, 2), "hours": number(seconds, 3600, 4)}


def money(row, seconds):
    """Money with two decimals, halves up; none where the rate is not known."""
    if row["rate"] == NONE:
        return None
    cents = round(float(row["rate"]) * 100)
    return (seconds * cents * 2 + 3600) // 7200 / 100


def report(events, args, designations=None, rules=()):
    options = Options(args)
    grain = "hour" if "hour" in options.keys else \
        "day" if TIME_KEYS & set(options.keys) else None
    spellings = {}
    for name in designations or {}:
        spellings.setdefault(category_key(name), name)
    known = {category_key(name): word for name, word in (designations or {}).items()}
    entries = [Entry(e, options, known, spellings, [Rule(r) for r in rules]) for e in events]
    entries = [e for e in entries if e.is_inside and options.admits(e)]
    left = {}
    chosen = []
    for entry in entries:
        entry.is_lost = False
        reason = entry.reason(options)
        if reason is None:
            chosen.append(entry)
            continue
        amount = left.setdefault(reason, {"entries": 0, "seconds": 0})
        amount["entries"] += 1
        amount["seconds"] += entry.length(options)
    lost = settle(chosen, options, grain == "hour")
    if lost["entries"] or lost["seconds"]:
        left["overlap"] = lost
    busy = set_union(chosen, options)
    chosen = [e for e in chosen if not e.is_lost]
    shown = {"entries": len(chosen), "seconds": 0}
    rows = defaultdict(lambda: {"entries": 0, "seconds": 0, "rounded": 0})
    for entry in chosen:
        mine = defaultdict(int)
        for cell, seconds in cells(entry, options, grain).items():
            shown["seconds"] += seconds
            for share in shares(entry, seconds, options):
                mine[tuple(key_value(k, entry, cell, share, options) for k in options.keys)] += share[3]
        for key, seconds in mine.items():
            rows[key]["entries"] += 1
            rows[key]["seconds"] += seconds
            if options.round:
                rows[key]["rounded"] += rounded(seconds, options.round, options.mode)
    result = []
    for key in sorted(rows, key=lambda k: [order(n, v, options.week_start)
                                              for n, v in zip(options.keys, k)]):
        row = rows[key]
        line = {("showAs" if k == "show-as" else k): v for k, v in zip(options.keys, key)}
        line.update(entries=row["entries"], **amounts(row["seconds"]))
        if options.round and options.at == "row":
            row["rounded"] = rounded(row["seconds"], options.round, options.mode)
        if options.round and options.at != "total":
            line["roundedMinutes"] = number(row["rounded"], 60, 2)
        if "rate" in line:
            is_rounded = options.round and options.at != "total"
            line["amount"] = money(line, row["rounded" if is_rounded else "seconds"])
        result.append(line)
    total = sum(r["seconds"] for r in rows.values())
    totals = {"entries": len(chosen), **amounts(total)}
    if options.round:
        grand = rounded(total, options.round, options.mode) if options.at == "total" \
            else sum(r["rounded"] for r in rows.values())
        totals["roundedMinutes"] = number(grand, 60, 2)
    totals["workedSeconds"] = busy
    if "rate" in options.keys:
        totals["amount"] = sum(round((line["amount"] or 0) * 100) for line in result) / 100
    if options.split == "full":
        totals["split"] = "full"
    balance(entries, shown, left, options)
    return {"rows": result, "total": totals, "ledger": {"shown": shown, **left}}


def set_union(chosen, options):
    """How many seconds somebody was busy: each stretch once a person."""
    total = sum(e.length(options) for e in chosen if e.by_the_date(options))
    for person in {e.person for e in chosen}:
        mine = [e for e in chosen if e.person == person and not e.by_the_date(options)]
        cuts = sorted({s for e in mine for s in e.clip})
        for first, end in zip(cuts, cuts[1:]):
            if any(e.clip[0] <= first and end <= e.clip[1] for e in mine):
                total += end - first
    return total


def balance(entries, shown, left, options):
    """Entries and seconds of the period are all accounted for."""
    assert len(entries) == shown["entries"] + sum(v["entries"] for v in left.values())
    assert sum(e.length(options) for e in entries) == \
        shown["seconds"] + sum(v["seconds"] for v in left.values())


# Random calendars

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana",
         "Asia/Beirut", "Pacific/Auckland", "America/Sao_Paulo", "UTC", "Africa/Cairo",
         "Pacific/Chatham", "America/Santiago"]
NAMES = ["[PROJECT] Acme", "[project]  Acme ", "[PROJECT] Zoë", "Über [PROJECT]", "[ACTIVITY] Workshop",
         "[Activity] Review", "[ACTIVITY] 会議", "Plain", "[PROJECT] Beta", "[PROJECT][ACTIVITY] Both",
         "[PROJECT]", "Kunde", "Arbeit", "[PROJECT] é", "[PROJECT] e\u0301"]
DAYS = [date(2026, 3, 27), date(2026, 10, 23), date(2026, 4, 3), date(2026, 11, 1), date(2026, 9, 5),
        date(2018, 11, 2), date(2026, 12, 30), date(2026, 3, 7), date(2024, 2, 28), date(2022, 3, 26)]


SUBJECTS = ["Standup", "Retainer: Zoë", "night shift", "WORKSHOP 会議", "", None, "a/b (c)", "Kick-off\nwith Acme"]
ADDRESSES = ["o@x.test", "Ann@Acme.example", "bo@sub.acme.example", "x@beta.example", "nobody"]
PATTERNS = {
    "category": ["*acme*", "plain", "[PROJECT]*", "*é", "Kunde", "?under", "/^\\[activity/", "Über*"],
    "subject": ["*", "standup", "retainer*", "/shift|work/", "", "?/?*", "/^k.*off/", "*会議"],
    "organizer": ["x.test", "*@x.test", "example.test", "p1@*", "*.test", "/^o@/"],
    "attendee": ["acme.example", "*acme.example", "ann@*", "x.test", "*@*.example", "/^nobody$/"],
    "calendar": ["primary", "aamk*"],
    "user": ["p0@*", "example.test", "p1@example.test", "x.test"],
}


def random_rule(rng, first):
    """A rule as it stands in a file; JSON is YAML."""
    when = {}
    for name in rng.sample(sorted(PATTERNS), rng.choice((0, 1, 1, 1, 2, 2))):
        some = rng.sample(PATTERNS[name], rng.choice((1, 1, 2)))
        when[name] = some if len(some) > 1 or rng.random() < 0.3 else some[0]
    days = sorted(first + timedelta(days=rng.randrange(-3, 10)) for _ in range(2))
    for name, day in zip(("from", "to"), days):
        if rng.random() < 0.2:
            when[name] = day.isoformat()
    rule = {"when": when} if when else {}
    for kind, names in (("project", ["Acme", "Beta", "Zoë", "Retainer"]), ("activity", ["Workshop", "Travel", "会議"])):
        if rng.random() < 0.5:
            some = {n: rng.choice((1, 1, 2, 3, 7)) for n in rng.sample(names, rng.choice((1, 2, 3)))}
            rule[kind] = some if len(some) > 1 or rng.random() < 0.3 else next(iter(some))
    if rng.random() < 0.5 or not set(rule) - {"when"}:
        rule["billable"] = rng.random() < 0.6
    if rng.random() < 0.5:
        rule["rate"] = rng.choice((95, 120.5, 0, 33.33, 100000))
    return rule


def iso(second, zone=None):
    if zone:
        return local(second, zone).isoformat()
    return utc(second).strftime("%Y-%m-%dT%H:%M:%SZ")


def random_event(rng, number, person, first, days):
    user, mail, zone = person
    event = {"record": "event", "user": user, "mail": mail,
             "calendar": rng.choice(("primary", "primary", "AAMkOther")),
             "subject": rng.choice(SUBJECTS), "attendees": [{"emailAddress": {"address": a}}
                                                            for a in rng.sample(ADDRESSES, rng.choice((0, 1, 2)))],
             "id": f"{rng.choice('AaBb')}{rng.randrange(1000)}-{number}",
             "categories": rng.sample(NAMES, rng.choice((0, 1, 1, 2, 2, 3, 4))),
             "showAs": rng.choice(("busy", "busy", "busy", "free", "tentative", "oof", "strange")),
             "type": rng.choice(("singleInstance", "occurrence", "exception", "occurrence",
                                 "seriesMaster") if rng.random() < 0.2 else ("singleInstance",)),
             "isCancelled": rng.random() < 0.05,
             "responseStatus": {"response": rng.choice(
                 ("organizer", "accepted", "accepted", "declined" if rng.random() < 0.3 else "none")),
                 "time": "0001-01-01T00:00:00Z"},
             "organizer": rng.choice((None, {"emailAddress": {"name": "O", "address": "o@x.test"}},
                                      {"emailAddress": {"name": "P", "address": mail}})),
             "zone": zone}
    if rng.random() < 0.03:
        del event["showAs"]
    if rng.random() < 0.15:
        event["isAllDay"] = True
        begin = first + timedelta(days=rng.randrange(-3, days + 2))
        end = begin + timedelta(days=rng.choice((0, 1, 1, 1, 2, 5)))
        start, stop = start_of_day(begin, zone), start_of_day(end, zone)
        event["startLocal"], event["endLocal"] = (
            f"{d.isoformat()}T00:00:00+00:00" for d in (begin, end))
    else:
        event["isAllDay"] = False
        begin = start_of_day(first, zone) + rng.randrange(-86400, days * 86400 + 86400)
        if rng.random() < 0.7:
            begin -= begin % 900
        start = begin
        stop = start + rng.choice((0, 1, 7, 900, 1800, 2700, 3600, 3601, 5400, 7200, 14400, 30000,
                                   100000, rng.randrange(1, 20000)))
        event["startLocal"], event["endLocal"] = iso(start, zone), iso(stop, zone)
    event["startUtc"], event["endUtc"] = iso(start), iso(stop)
    event["minutes"] = (stop - start) / 60
    if rng.random() < 0.05:
        event["startUtc"] = event["startUtc"][:-1] + ".25Z"
        event["endUtc"] = event["endUtc"][:-1] + ".5Z"
    return event


def random_args(rng, first, days):
    args = ["--from", first.isoformat(), "--to", (first + timedelta(days=days - 1)).isoformat()]
    pool = ["user", "day", "week", "month", "quarter", "year", "weekday", "hour", "organizer",
            "show-as", "billable", "rate"] + rng.choice(
                (["project", "activity"], ["project", "activity"], ["category"]))
    keys = rng.sample(pool, rng.choice((1, 1, 2, 2, 3, 4)))
    if len(keys) > 1 and rng.random() < 0.3:
        args += ["--pivot", keys.pop()]
    args += ["--by", ",".join(keys)]
    if rng.random() < 0.2:
        args += ["--tz", rng.choice(ZONES)]
    if rng.random() < 0.6:
        args += ["--all-day", rng.choice(("span", "8h", "span", "1h", "skip"))]
    if rng.random() < 0.3:
        args += ["--show-as", rng.choice(("all", "busy,tentative", "free"))]
    if rng.random() < 0.5:
        args += ["--split", rng.choice(("even", "full", "first"))]
    if rng.random() < 0.6:
        args += ["--overlap", rng.choice(("count", "share", "once"))]
    if rng.random() < 0.5:
        args += ["--round", rng.choice(("15m", "6m", "60m", "1m"))]
        if rng.random() < 0.7:
            args += ["--round-mode", rng.choice(("nearest", "up", "down"))]
        if rng.random() < 0.7:
            args += ["--round-at", rng.choice(("entry", "row", "total"))]
    if rng.random() < 0.2:
        args.append("--only-projects")
    if rng.random() < 0.2:
        args.append("--no-split")
    if rng.random() < 0.2:
        args += ["--week-start", rng.choice(WEEKDAYS)]
    if rng.random() < 0.2:
        args += ["--user", rng.choice(("u1", "P0@example.test", "p0@example.test,U2", "p2@Example.test,nobody", "ü"))]
    if rng.random() < 0.2:
        for name in rng.sample(["acme", "[Project]  ACME", "plain", "both", "É", "nothing", "会議", "Über"],
                               rng.choice((1, 1, 2))):
            args += ["--category", name]
    return args


def random_question(rng):
    """A period, and the options that ask for a report on it."""
    first = rng.choice(DAYS) + timedelta(days=rng.randrange(-1, 3))
    days = rng.choice((1, 2, 3, 7, 14))
    return first, days, random_args(rng, first, days)


def random_case(rng, first, days, args):
    people = [(f"u{n}", f"p{n}@example.test", rng.choice(ZONES)) for n in range(rng.choice((1, 2, 3)))]
    count = rng.choice((0, 1, 3, 8, 20))
    events = [random_event(rng, n, rng.choice(people), first, days) for n in range(count)]
    if events and rng.random() < 0.1:
        events[0]["zone"] = rng.choice(ZONES)
    designations = {n: rng.choice(("project", "activity", "none"))
                    for n in rng.sample(NAMES, rng.choice((0, 0, 1, 3)))}
    lines = [{"record": "category", "user": "u0", "name": n, "color": "preset0", "designation": d}
             for n, d in designations.items()] + events
    rules = [random_rule(rng, first) for _ in range(rng.choice((0, 0, 1, 2, 4)))]
    return {"args": args, "lines": [json.dumps(e, ensure_ascii=rng.random() < 0.3) for e in lines],
            "rules": json.dumps({"rules": rules}, ensure_ascii=False),
            "expected": report(events, args, designations, rules)}


def cases(count, seed):
    rng = random.Random(seed)
    for number in range(count):
        # Five calendars for each set of options, which take longer to be read than to be followed.
        if number % 5 == 0:
            question = random_question(rng)
        yield random_case(rng, *question)


def run(words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.returncode} {done.stderr}")
    return done.stdout


def check_databases(count, seed):
    """Says of each case whose report from a database isn't what it must be."""
    for number, case in enumerate(cases(count, seed)):
        if '"attendee"' in case["rules"]:
            continue
        run(["tt-load", "drop", "--yes"])
        run(["tt-load", "init", "--quiet"])
        run(["tt-load", "--quiet"], "".join(line + "\n" for line in case["lines"]))
        with open("rules.yaml", "w") as file:
            file.write(case["rules"])
        rules = ["--rules", "rules.yaml"] if json.loads(case["rules"])["rules"] else []
        found = json.loads(run(["tt-report", *case["args"], *rules, "--format", "json"]))
        if found != case["expected"]:
            print(json.dumps({"number": number, "args": case["args"], "rules": case["rules"],
                              "expected": case["expected"], "found": found}, ensure_ascii=False))


def main():
    if sys.argv[1] == "cases":
        for case in cases(int(sys.argv[2]), int(sys.argv[3])):
            print(json.dumps(case))
    elif sys.argv[1] == "database":
        # Loaders and reports may see two spellings of one category in another order.
        NAMES.remove("[PROJECT] e\u0301")
        check_databases(int(sys.argv[2]), int(sys.argv[3]))
    else:
        records = [json.loads(line) for line in sys.stdin if line.strip()]
        designations = {r["name"]: r["designation"] for r in records
                        if r.get("record") == "category" and r.get("designation")}
        print(json.dumps(report([r for r in records if r.get("record") == "event"], sys.argv[2:],
                                designations), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
