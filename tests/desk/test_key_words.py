"""From which day on the end of a certificate is told, and of whose keys there are none to tell."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from client.desk.key_words import ends_soon
from client.errors import DeviceError, DeviceState
from client.ports.keys import KeyOnHand, notice
from devices.keys.faults import NO_KEY
from devices.keys.simulated import SimulatedKeys
from devices.keys.together import KeysTogether
from tests.seals.authority import ENDS

SECOND = timedelta(seconds=1)


def test_the_end_is_told_from_less_than_thirty_days_on() -> None:
    (certificate,) = SimulatedKeys(pace=0).plugged()[0].certificates
    assert notice(certificate, ENDS - timedelta(days=30)) is None
    assert notice(certificate, ENDS - timedelta(days=30) + SECOND) == 29


def test_who_sits_down_hears_of_it_in_the_last_seven_days() -> None:
    plugged = SimulatedKeys(pace=0).plugged()[:1]
    assert ends_soon(plugged, ENDS - timedelta(days=7)) is None
    told = ends_soon(plugged, ENDS - timedelta(days=7) + SECOND)
    assert told is not None
    assert "6 天" in told[0]


class _Missing(SimulatedKeys):
    def plugged(self) -> Sequence[KeyOnHand]:
        raise DeviceError(DeviceState.ABSENT, NO_KEY, device="SKF")


@pytest.mark.expected_warnings("keys not asked.*DEV-501")
def test_a_stack_that_is_missing_hides_no_key_and_is_told_where_there_is_none() -> None:
    assert KeysTogether([_Missing(pace=0), SimulatedKeys(pace=0)]).plugged()
    with pytest.raises(DeviceError, match="DEV-501"):
        KeysTogether([_Missing(pace=0)]).plugged()
