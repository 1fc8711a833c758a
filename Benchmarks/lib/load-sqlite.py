"""Loads events on standard input into SQLite as a Python programmer would: one executemany a table and round.

usage: load-sqlite.py DATABASE SCHEMA    the tables are those of "tt-load schema", so are the rows
"""

import json
import sqlite3
import sys

COLUMNS = """event_key event_id user_id user_email user_name calendar_id subject description start_date end_date
start_local end_local time_zone minutes is_all_day show_as sensitivity response is_cancelled event_type
series_master_id ical_uid organizer location web_link change_key last_modified created_at updated_at""".split()
NOW = "2026-11-23 12:00:00.000"


def time(text):
    return text and text[:19].replace("T", " ")


def event_row(key, event, name):
    organizer = (event["organizer"] or {}).get("emailAddress", {})
    return (key, event["id"], event["user"], event["mail"], name, event["calendar"], event["subject"],
            event["bodyPreview"], time(event["startUtc"]), time(event["endUtc"]), time(event["startLocal"]),
            time(event["endLocal"]), event["zone"], event["minutes"], event["isAllDay"], event["showAs"],
            event["sensitivity"], event["responseStatus"]["response"], event["isCancelled"], event["type"],
            event["seriesMasterId"], event["iCalUId"], organizer.get("address"), event["location"]["displayName"],
            event["webLink"], event["changeKey"], time(event["lastModifiedDateTime"]), NOW, NOW)


def main():
    database = sqlite3.connect(sys.argv[1], isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
        + "PRAGMA cache_size = -16000;" + open(sys.argv[2], encoding="utf8").read())
    insert = f"INSERT INTO calendar_event ({','.join(COLUMNS)}) VALUES ({','.join('?' * len(COLUMNS))})"
    categories, names, rows, links, key, slice_id = {}, {}, [], [], 0, 0
    for line in sys.stdin.buffer:
        record = json.loads(line)
        kind = record["record"]
        if kind == "event":
            key += 1
            rows.append(event_row(key, record, names.get(record["user"])))
            for name in record["categories"]:
                if name not in categories:
                    categories[name] = len(categories) + 1
                    database.execute(
                        "INSERT INTO calendar_category (category_id, name, name_key, created_at, updated_at)"
                        " VALUES (?, ?, ?, ?, ?)", (categories[name], name, name.lower(), NOW, NOW))
                links.append((key, categories[name], record["id"], NOW, NOW))
        elif kind == "user":
            names[record["id"]] = record["displayName"]
        elif kind == "round":
            slice_id += 1
            database.execute("BEGIN IMMEDIATE")
            database.execute(
                "INSERT INTO sync_state (slice_id, user_id, calendar_id, window_start, window_end, created_at,"
                " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (slice_id, record["user"], record["calendar"], record["window"]["start"], record["window"]["end"],
                 NOW, NOW))
            database.executemany(insert, rows)
            database.executemany("INSERT INTO calendar_event_calendar_category VALUES (?, ?, ?, ?, ?)", links)
            database.executemany(
                "INSERT INTO sync_state_event VALUES (?, ?)", [(slice_id, row[0]) for row in rows])
            database.execute("COMMIT")
            rows, links = [], []


main()
