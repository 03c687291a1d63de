"""Who acts in a headless command: `--as STAFF`, with the PIN the door finds."""

from client.desk.staff import Staff
from client.errors import Fault, RightsError
from client.house import Door, House
from client.text import chinese, tr

FIRST_ADMINISTRATOR = "admin"

WHO_ACTS = Fault("STAFF-108", tr("本窗口有多名人员，须指明由谁办理"), tr("请加 --as 工号"))


def acting(door: Door, house: House, profile: str, staff_no: str | None) -> Staff:
    """Sign the acting person in. An empty profile makes its first administrator with that PIN. Raises RightsError."""
    pin = door.pin(profile)
    people = house.roster.everyone()
    if not people:
        number = staff_no or FIRST_ADMINISTRATOR
        return house.roster.make_first_administrator(number, chinese("大厅管理员"), pin)
    if staff_no is None and len(people) > 1:
        raise RightsError(WHO_ACTS)
    return house.roster.sign_in(staff_no or people[0].staff_no, pin)
