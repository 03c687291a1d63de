"""Makes the rating box a setting names; the one place where its address is understood."""

from client.errors import DeviceError, DeviceState
from client.ports.rating import RatingBox
from devices.rating import faults
from devices.rating.box import BOX_NAME, SerialBox
from devices.rating.frames import dialects
from devices.rating.simulated import SimulatedBox

SIMULATED = "simulated"


def box_of(address: str) -> RatingBox:
    """The box at `PORT?DIALECT` (COM5?digit-from-best), or the simulated one; nothing is opened yet.

    Which end a box counts from nobody can guess, so that a port alone is not enough. Raises DeviceError for a dialect
    that no table has.
    """
    if address == SIMULATED:
        return SimulatedBox()
    port, _, dialect = address.partition("?")
    known = dialects()
    if dialect not in known:
        raise DeviceError(
            DeviceState.UNSUPPORTED,
            faults.UNKNOWN_DIALECT,
            device=BOX_NAME,
            dialect=dialect,
            known="、".join(known),
        )
    return SerialBox(port, known[dialect])
