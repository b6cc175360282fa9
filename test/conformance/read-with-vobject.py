"""What the Python library vobject reads in calendar files, as JSON by file: what it finds invalid, and the facts of each event."""

import json
import sys
from pathlib import Path

import vobject


def instant(event, name):
    return event.contents[name][0].value.strftime("%Y%m%dT%H%M%SZ") if name in event.contents else None


def text(component, name):
    return component.contents[name][0].value if name in component.contents else None


def mailbox(event, name):
    if name not in event.contents:
        return None
    line = event.contents[name][0]
    return [line.params.get("CN", [None])[0], line.value]


def circuits(event):
    return {line.value: line.params["X-MAINTNOTE-OBJECT-IMPACT"][0] for line in event.contents.get("x-maintnote-object-id", [])}


def facts(calendar, event):
    return {
        "method": text(calendar, "method"),
        "uid": text(event, "uid"),
        "sequence": int(text(event, "sequence")),
        "stamp": instant(event, "dtstamp"),
        "start": instant(event, "dtstart"),
        "end": instant(event, "dtend"),
        "status": text(event, "status"),
        "summary": text(event, "summary"),
        "description": text(event, "description"),
        "location": text(event, "location"),
        "organizer": mailbox(event, "organizer"),
        "attendee": mailbox(event, "attendee"),
        "account": text(event, "x-maintnote-account"),
        "maintenanceId": text(event, "x-maintnote-maintenance-id"),
        "circuits": circuits(event),
        "alarms": len(event.contents.get("valarm", [])),
    }


def read(path):
    calendar = vobject.readOne(path.read_bytes().decode())
    errors = []
    try:
        calendar.validate(raiseException=True)
    except vobject.base.ValidateError as error:
        errors.append(str(error))
    return {"errors": errors, "events": [facts(calendar, event) for event in calendar.contents.get("vevent", [])]}


json.dump({path.name: read(path) for path in map(Path, sys.argv[1:])}, sys.stdout)
