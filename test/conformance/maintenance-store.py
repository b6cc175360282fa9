"""
What customers' systems know of planned works when they have read the emails of a folder with circuit-maintenance-parser, in their
order, as JSON: the live works of each account, and the emails that it refused, with why.
"""

import json
import sys
from pathlib import Path

from circuit_maintenance_parser import GenericProvider, NotificationData
from circuit_maintenance_parser.output import Status

works, refused = {}, {}


def take(maintenance):
    key = (maintenance.account, maintenance.provider, maintenance.maintenance_id)
    known = works.get(key)
    # Works that are told without a status stay as they are known; what was stamped before that came late.
    if maintenance.status != Status.NO_CHANGE and not (known and maintenance.stamp < known.stamp):
        works[key] = maintenance


def shown(maintenance):
    return {
        "account": maintenance.account,
        "provider": maintenance.provider,
        "maintenanceId": maintenance.maintenance_id,
        "start": maintenance.start * 1000,
        "end": maintenance.end * 1000,
        "status": maintenance.status.value,
        "circuits": {circuit.circuit_id: circuit.impact.value for circuit in maintenance.circuits},
    }


for path in sorted(Path(sys.argv[1]).glob("*.eml")):
    try:
        data = NotificationData.init_from_email_bytes(path.read_bytes())
        for maintenance in GenericProvider().get_maintenances(data):
            take(maintenance)
    except Exception as error:
        refused[path.name] = f"{type(error).__name__}: {error}"

live = [shown(one) for one in works.values() if one.status != Status.CANCELLED]
json.dump({"live": live, "refused": refused}, sys.stdout)
