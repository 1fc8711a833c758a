"""What tt-tz does, in Python with orjson and zoneinfo, written to be fast rather than complete."""

import datetime
import sys
import zoneinfo

import orjson

UTC = zoneinfo.ZoneInfo("Etc/UTC")
WINDOWS = {
    ("W. Europe Standard Time", "NL"): "Europe/Amsterdam",
    ("W. Europe Standard Time", "DE"): "Europe/Berlin",
    ("GMT Standard Time", "GB"): "Europe/London",
    ("Eastern Standard Time", "US"): "America/New_York",
    ("Pacific Standard Time", "US"): "America/Los_Angeles",
    ("India Standard Time", "IN"): "Asia/Kolkata",
    ("AUS Eastern Standard Time", "AU"): "Australia/Sydney",
    ("Tokyo Standard Time", "JP"): "Asia/Tokyo",
    ("E. South America Standard Time", "BR"): "America/Sao_Paulo",
}


def main():
    zones = {}
    parse = datetime.datetime.fromisoformat
    loads, dumps, write = orjson.loads, orjson.dumps, sys.stdout.buffer.write
    for line in sys.stdin.buffer:
        record = loads(line)
        if record["record"] == "user":
            name = WINDOWS.get((record["timeZone"], record["usageLocation"]), record["timeZone"])
            zones[record["id"]] = zoneinfo.ZoneInfo(name)
        elif record["record"] == "event":
            zone = zones[record["user"]]
            source = zone if record["isAllDay"] else UTC
            start = parse(record["start"]["dateTime"][:19]).replace(tzinfo=source)
            end = parse(record["end"]["dateTime"][:19]).replace(tzinfo=source)
            start_utc, end_utc = start.astimezone(UTC), end.astimezone(UTC)
            record["startUtc"] = start_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
            record["endUtc"] = end_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
            record["startLocal"] = start_utc.astimezone(zone).isoformat()
            record["endLocal"] = end_utc.astimezone(zone).isoformat()
            record["zone"], record["zoneSource"] = zone.key, "mailbox"
            record["minutes"] = (end_utc - start_utc).total_seconds() / 60
        write(dumps(record, option=orjson.OPT_APPEND_NEWLINE))


main()
