"""Puts events into bare tables of SQL Server and prints events a second: load-sqlserver.py many|each|whole EVENTS.

"many" is pyodbc's fast_executemany, a thousand rows at a time; "each" is a statement and a commit an event. These two
only insert events. "whole" does what a load does, as programs do it that know no bulk: an event is looked up, added or
changed, its links are exchanged, its categories get ids, a statement each and a commit an event.

The server is that of TT_TEST_SQLSERVER, the events are read from standard input; reading them isn't counted.
"""

import itertools
import json
import os
import sys
import time

import pyodbc

COLUMNS = {
    "event_id": "NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY",
    "user_id": "NVARCHAR(128)", "user_email": "NVARCHAR(320)", "calendar_id": "NVARCHAR(400)",
    "subject": "NVARCHAR(1000)", "start_date": "DATETIME2(7)", "end_date": "DATETIME2(7)",
    "start_local": "DATETIME2(7)", "end_local": "DATETIME2(7)",
    "time_zone": "NVARCHAR(128)", "minutes": "DECIMAL(14, 4)", "is_all_day": "BIT", "show_as": "NVARCHAR(64)",
    "sensitivity": "NVARCHAR(64)", "response": "NVARCHAR(64)", "is_cancelled": "BIT", "event_type": "NVARCHAR(64)",
    "ical_uid": "NVARCHAR(1000)", "organizer": "NVARCHAR(1024)", "location": "NVARCHAR(1000)",
    "web_link": "NVARCHAR(1000)", "change_key": "NVARCHAR(400)", "last_modified": "DATETIME2(7)"}


def column_time(text):
    return text[:19].replace("T", " ")


def row(event):
    return (event["id"], event["user"], event["mail"], event["calendar"], event["subject"],
            column_time(event["startUtc"]), column_time(event["endUtc"]), column_time(event["startLocal"]),
            column_time(event["endLocal"]), event["zone"], str(event["minutes"]), int(event["isAllDay"]),
            event["showAs"], event["sensitivity"], event["responseStatus"]["response"], int(event["isCancelled"]),
            event["type"], event["iCalUId"], event["organizer"]["emailAddress"]["address"],
            event["location"]["displayName"], event["webLink"], event["changeKey"],
            column_time(event["lastModifiedDateTime"]))


INSERT = f"INSERT INTO bench_bare VALUES ({','.join('?' * len(COLUMNS))})"
UPDATE = f"UPDATE bench_bare SET {','.join(f'{name} = ?' for name in COLUMNS)} WHERE event_id = ?"
TABLES = {
    "bench_bare": ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items()),
    "bench_category": "category_id INT IDENTITY PRIMARY KEY, name NVARCHAR(400) NOT NULL UNIQUE",
    "bench_link": "event_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL, category_id INT NOT NULL,"
                  " PRIMARY KEY (event_id, category_id)"}


def insert_many(cursor, rows, _):
    cursor.fast_executemany = True
    for first in range(0, len(rows), 1000):
        cursor.executemany(INSERT, rows[first:first + 1000])


def insert_each(cursor, rows, _):
    for values in rows:
        cursor.execute(INSERT, values)
        cursor.commit()


def write_whole(cursor, rows, categories):
    for values, names in zip(rows, categories):
        if cursor.execute("SELECT 1 FROM bench_bare WHERE event_id = ?", values[0]).fetchone():
            cursor.execute(UPDATE, values + values[:1])
        else:
            cursor.execute(INSERT, values)
        cursor.execute("DELETE FROM bench_link WHERE event_id = ?", values[0])
        for name in names:
            cursor.execute("INSERT INTO bench_link VALUES (?, ?)", values[0], category_id(cursor, name))
        cursor.commit()


def category_id(cursor, name):
    find = "SELECT category_id FROM bench_category WHERE name = ?"
    found = cursor.execute(find, name).fetchone()
    if not found:
        cursor.execute("INSERT INTO bench_category (name) VALUES (?)", name)
        found = cursor.execute(find, name).fetchone()
    return found[0]


WAYS = {"many": insert_many, "each": insert_each, "whole": write_whole}


def main():
    write, count = WAYS[sys.argv[1]], int(sys.argv[2])
    records = (record for record in map(json.loads, sys.stdin.buffer) if record["record"] == "event")
    events = list(itertools.islice(records, count))
    rows, categories = [row(event) for event in events], [event["categories"] for event in events]
    connection = pyodbc.connect(os.environ["TT_TEST_SQLSERVER"], autocommit=False)
    cursor = connection.cursor()
    for table, columns in TABLES.items():
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TABLE {table} ({columns})")
    connection.commit()
    start = time.perf_counter()
    write(cursor, rows, categories)
    connection.commit()
    seconds = time.perf_counter() - start
    for table in TABLES:
        cursor.execute(f"DROP TABLE {table}")
    connection.commit()
    print(f"{len(rows) / seconds:.0f}")


main()
