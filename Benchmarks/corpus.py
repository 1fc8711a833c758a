#!/usr/bin/env python3
"""Writes events as tt-fetch does, the same ones every time: corpus.py EVENTS > corpus.ndjson.

An event is about 1.5 KB, as Graph's are without a body: ids of 152 characters, people, an online
meeting, escapes and other alphabets. 500 events a person, in many zones.
"""

import base64
import datetime
import json
import random
import sys

EVENTS_PER_USER = 500
ZONES = [("W. Europe Standard Time", "NL"), ("W. Europe Standard Time", "DE"),
         ("GMT Standard Time", "GB"), ("Eastern Standard Time", "US"),
         ("Pacific Standard Time", "US"), ("India Standard Time", "IN"),
         ("AUS Eastern Standard Time", "AU"), ("Tokyo Standard Time", "JP"),
         ("Europe/Warsaw", "PL"), ("E. South America Standard Time", "BR")]
CATEGORIES = ["[PROJECT] Acme", "[PROJECT] Globex", "[PROJECT] Initech", "[PROJECT] Umbrella",
              "[ACTIVITY] Workshop", "[ACTIVITY] Development", "[ACTIVITY] Review", "Private", "Réunion"]
SUBJECTS = ["Weekly sync", "Review of the \"alpha\" release", "Besprechung Müller & Söhne", "1:1",
            "計画会議", "Sprint planning — team C:\\dev", "Lunch 🍜", "Kunde: Übergabe"]
NAMES = ["Ada Lovelace", "Grace Hopper", "Jürgen Groß", "Zoë Ångström", "Lee Wei 李伟", "Sam O'Neil"]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
START = datetime.datetime(2025, 1, 1)


def identifier(pick, length):
    return "AAMk" + "".join(pick.choices(ALPHABET, k=length - 5)) + "="


def event_ids(pick):
    """A mailbox's ids, as Exchange makes them: they begin alike, with the mailbox, and count up at their end."""
    mailbox = b"\x00\x03\x24\x00" + f"{pick.getrandbits(144):036x}".encode() + pick.randbytes(65)
    counter = pick.getrandbits(32)
    while True:
        counter += pick.randrange(1, 40)
        yield base64.urlsafe_b64encode(mailbox + counter.to_bytes(6, "big") + b"\0\0").decode()


def mail(name, number):
    return f"{name.split()[0].lower()}.{number}@example.test"


def person(name, number):
    return {"emailAddress": {"name": name, "address": mail(name, number)}}


def event(pick, identity, user, address, zone, number):
    start = START + datetime.timedelta(minutes=15 * pick.randrange(4 * 24 * 700))
    all_day = pick.random() < 0.05
    if all_day:
        start = start.replace(hour=0, minute=0)
    length = datetime.timedelta(days=1) if all_day else datetime.timedelta(
        minutes=pick.choice((15, 30, 30, 60, 60, 90, 120)))
    change = identifier(pick, 32)
    organizer = pick.choice(NAMES)
    room = pick.choice(["Room 1", "Salle Élysée", "Besprechungsraum 4"])
    return {
        "record": "event", "user": user, "mail": address, "calendar": "primary",
        "@odata.etag": f'W/"{change}"', "id": identity,
        "createdDateTime": "2025-01-02T10:11:12.1234567Z",
        "lastModifiedDateTime": "2025-02-03T11:12:13.7654321Z", "changeKey": change,
        "categories": pick.sample(CATEGORIES, pick.randrange(3)), "transactionId": None,
        "originalStartTimeZone": zone, "originalEndTimeZone": zone,
        "iCalUId": "040000008200E00074C5B7101A82E008" + f"{number:048X}",
        "reminderMinutesBeforeStart": 15, "isReminderOn": True, "hasAttachments": False,
        "subject": pick.choice(SUBJECTS), "bodyPreview": "", "importance": "normal",
        "sensitivity": "normal", "isAllDay": all_day, "isCancelled": False, "isOrganizer": True,
        "responseRequested": True, "seriesMasterId": None, "showAs": "busy",
        "type": "singleInstance",
        "webLink": "https://outlook.office365.com/owa/?itemid=" + identifier(pick, 40)
        + "&exvsurl=1",
        "isOnlineMeeting": False,
        "recurrence": None,
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "start": {"dateTime": f"{start.isoformat()}.0000000", "timeZone": "UTC"},
        "end": {"dateTime": f"{(start + length).isoformat()}.0000000", "timeZone": "UTC"},
        "location": {"displayName": room, "locationType": "default"},
        "attendees": [
            {"type": "required", "status": {"response": "none", "time": "0001-01-01T00:00:00Z"},
             **person(pick.choice(NAMES), attendee)} for attendee in range(pick.random() < 0.2)],
        "organizer": person(organizer, number % 90),
    }


def main():
    events = int(sys.argv[1])
    pick = random.Random(20261123)
    run = "00000000-0000-4000-8000-000000000001"
    out = sys.stdout

    def line(record):
        out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")

    line({"record": "stream", "version": 1, "tool": "tt-fetch", "run": run,
          "at": "2026-11-23T12:00:00Z"})
    users = -(-events // EVENTS_PER_USER)
    for user_number in range(users):
        count = min(EVENTS_PER_USER, events - user_number * EVENTS_PER_USER)
        zone, country = ZONES[user_number % len(ZONES)]
        user = f"{pick.getrandbits(32):08x}-0000-4000-8000-{user_number:012x}"
        name = NAMES[user_number % len(NAMES)]
        address = mail(name, user_number)
        line({"record": "user", "id": user, "userPrincipalName": address, "mail": address,
              "displayName": name, "userType": "Member", "accountEnabled": True,
              "usageLocation": country, "department": "Consulting", "jobTitle": None,
              "timeZone": zone, "workingHours": None})
        for name in CATEGORIES:
            line({"record": "category", "user": user, "name": name, "color": "preset4"})
        for number, identity in zip(range(count), event_ids(pick)):
            line(event(pick, identity, user, address, zone, user_number * EVENTS_PER_USER + number))
        line({"record": "round", "user": user, "mail": address, "calendar": "primary",
              "mode": "full",
              "window": {"start": "2025-01-01T00:00:00Z", "end": "2027-01-01T00:00:00Z"},
              "counts": {"event": count, "series": 0, "removed": 0}, "deltaLink": None,
              "startedAt": "2026-11-23T12:00:00Z", "finishedAt": "2026-11-23T12:00:01Z"})
    line({"record": "end", "run": run,
          "counts": {"users": users, "rounds": users, "events": events, "errors": 0}})


main()
