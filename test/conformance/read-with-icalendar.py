"""What the Python library icalendar reads in calendar files, as JSON by file: errors that it found, and the facts of each event."""

import json
import sys
from pathlib import Path

from icalendar import Calendar


def instant(event, name):
    return event.decoded(name).strftime("%Y%m%dT%H%M%SZ") if name in event else None


def text(component, name):
    return str(component[name]) if name in component else None


def mailbox(event, name):
    return [event[name].params.get("CN"), str(event[name])] if name in event else None


def circuits(event):
    listed = event.get("X-MAINTNOTE-OBJECT-ID", [])
    listed = listed if isinstance(listed, list) else [listed]
    return {str(one): one.params["X-MAINTNOTE-OBJECT-IMPACT"] for one in listed}


def facts(calendar, event):
    return {
        "method": text(calendar, "METHOD"),
        "uid": text(event, "UID"),
        "sequence": int(event["SEQUENCE"]),
        "stamp": instant(event, "DTSTAMP"),
        "start": instant(event, "DTSTART"),
        "end": instant(event, "DTEND"),
        "status": text(event, "STATUS"),
        "summary": text(event, "SUMMARY"),
        "description": text(event, "DESCRIPTION"),
        "location": text(event, "LOCATION"),
        "organizer": mailbox(event, "ORGANIZER"),
        "attendee": mailbox(event, "ATTENDEE"),
        "account": text(event, "X-MAINTNOTE-ACCOUNT"),
        "maintenanceId": text(event, "X-MAINTNOTE-MAINTENANCE-ID"),
        "circuits": circuits(event),
        "alarms": len(event.walk("VALARM")),
    }


def read(path):
    calendar = Calendar.from_ical(path.read_bytes())
    errors = [f"{part.name} {error}" for part in calendar.walk() for error in part.errors]
    return {"errors": errors, "events": [facts(calendar, event) for event in calendar.walk("VEVENT")]}


json.dump({path.name: read(path) for path in map(Path, sys.argv[1:])}, sys.stdout)
