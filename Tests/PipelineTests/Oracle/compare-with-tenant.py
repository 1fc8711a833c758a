#!/usr/bin/env python3
"""Compares a database with what the simulated tenant says is true, row by row and column by column.

usage: compare-with-tenant.py DATABASE TENANT_URL FROM TO
Prints each difference, then a line `N rows, M differences`; exits 1 when there is one.
"""
import json
import sqlite3
import sys
import urllib.request

COLUMNS = {
    "user": "user_id", "mail": "user_email", "calendar": "calendar_id", "subject": "subject",
    "startUtc": "start_date", "endUtc": "end_date", "startLocal": "start_local",
    "endLocal": "end_local", "zone": "time_zone", "isAllDay": "is_all_day", "showAs": "show_as",
    "sensitivity": "sensitivity", "isCancelled": "is_cancelled", "type": "event_type",
    "seriesMasterId": "series_master_id", "response": "response", "organizer": "organizer",
    "location": "location", "iCalUId": "ical_uid", "changeKey": "change_key",
    "lastModified": "last_modified",
}


def moment(text):
    """A time as a database or JSON writes it: a space or a T, a Z or none, a fraction or none."""
    if text is None:
        return None
    text = text.replace("T", " ").rstrip("Z")
    return text.rstrip("0").rstrip(".") if "." in text else text


def told(row):
    result = {column: row[name] for name, column in COLUMNS.items()}
    for column in ("start_date", "end_date", "start_local", "end_local", "last_modified"):
        result[column] = moment(result[column])
    for column in ("is_all_day", "is_cancelled"):
        result[column] = int(result[column])
    result["seconds"] = row["seconds"]
    result["categories"] = sorted({name.casefold() for name in row["categories"]})
    return result


def stored(connection):
    names = ", ".join("e." + name for name in COLUMNS.values())
    rows = connection.execute(f"SELECT e.event_id, e.minutes, {names} FROM calendar_event e WHERE e.is_deleted = 0")
    result = {}
    for event_id, minutes, *values in rows:
        row = dict(zip(COLUMNS.values(), values))
        for column in ("start_date", "end_date", "start_local", "end_local", "last_modified"):
            row[column] = moment(row[column])
        row["seconds"] = round(float(minutes) * 60)
        row["categories"] = []
        result[event_id] = row
    return result


def add_categories(connection, rows):
    columns = [row[1] for row in connection.execute("PRAGMA table_info(calendar_event_calendar_category)")]
    key = "event_key" if "event_key" in columns else "event_id"
    query = f"""SELECT e.event_id, c.name FROM calendar_event_calendar_category l
                JOIN calendar_event e ON e.{key} = l.{key}
                JOIN calendar_category c ON c.category_id = l.category_id WHERE e.is_deleted = 0"""
    for event_id, name in connection.execute(query):
        rows[event_id]["categories"].append(name.casefold())
    for row in rows.values():
        row["categories"].sort()


def main():
    database, url, start, end = sys.argv[1:5]
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    have = stored(connection)
    add_categories(connection, have)
    with urllib.request.urlopen(f"{url}/_control/truth?from={start}&to={end}") as answer:
        want = {row["id"]: told(row) for row in map(json.loads, answer)}
    differences = 0
    for event_id in sorted(want.keys() | have.keys()):
        left, right = want.get(event_id), have.get(event_id)
        if left == right:
            continue
        differences += 1
        if differences > 20:
            continue
        if left is None or right is None:
            print(event_id, "is only in the", "database" if left is None else "tenant", (left or right)["subject"])
            continue
        for column in left:
            if left[column] != right[column]:
                print(event_id, column, "tenant:", repr(left[column]), "database:", repr(right[column]))
    print(f"{len(want)} rows, {differences} differences")
    sys.exit(1 if differences else 0)


main()
