"""Puts events into a bare table of SQL Server and prints rows a second: load-sqlserver.py many|each EVENTS.

"many" is pyodbc's fast_executemany, a thousand rows at a time; "each" is a statement and a commit an event. The
server is that of TT_TEST_SQLSERVER, the events are read from standard input; reading them isn't counted.
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


def main():
    way, count = sys.argv[1], int(sys.argv[2])
    events = (record for record in map(json.loads, sys.stdin.buffer) if record["record"] == "event")
    rows = [row(event) for event in itertools.islice(events, count)]
    connection = pyodbc.connect(os.environ["TT_TEST_SQLSERVER"], autocommit=False)
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS bench_bare")
    cursor.execute(f"CREATE TABLE bench_bare ({', '.join(f'{n} {t}' for n, t in COLUMNS.items())})")
    connection.commit()
    insert = f"INSERT INTO bench_bare VALUES ({','.join('?' * len(COLUMNS))})"
    start = time.perf_counter()
    if way == "many":
        cursor.fast_executemany = True
        for first in range(0, len(rows), 1000):
            cursor.executemany(insert, rows[first:first + 1000])
    else:
        for values in rows:
            cursor.execute(insert, values)
            connection.commit()
    connection.commit()
    seconds = time.perf_counter() - start
    cursor.execute("DROP TABLE bench_bare")
    connection.commit()
    print(f"{len(rows) / seconds:.0f}")


main()
