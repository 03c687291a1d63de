"""The training keys: they sign what OpenSSL and the window verify, count wrong PINs, and fail on order."""

import pytest

from client.errors import DeviceError, DeviceState
from client.ports.keys import KeyOnHand, Pin, PinRefused
from client.ports.readiness import Condition
from devices.keys.checked import checked
from devices.keys.simulated import PIN, TRIES, SimulatedKeys
from devices.keys.use import keys_of


@pytest.fixture
def keys() -> SimulatedKeys:
    return SimulatedKeys(pace=0)


def first(keys: SimulatedKeys) -> KeyOnHand:
    return keys.plugged()[0]


def sign(keys: SimulatedKeys, digits: bytes = PIN, message: bytes = b"message") -> bytes:
    key = first(keys)
    with Pin(digits) as pin:
        return keys.sign(key.id, key.certificates[0], message, pin)


def test_a_signature_is_that_of_the_certificate(keys: SimulatedKeys) -> None:
    certificate = first(keys).certificates[0]
    assert certificate.has_signed(b"message", sign(keys))
    assert not certificate.has_signed(b"massage", sign(keys))


def test_each_organ_of_the_sample_catalogue_has_its_key(keys: SimulatedKeys) -> None:
    assert [key.certificates[0].holder for key in keys.plugged()] == [
        "示例市市场监督管理局",
        "示例市自然资源和规划局",
        "示例市人力资源和社会保障局",
    ]
    one = keys_of("simulated?units=11110101000000002G&pace=0")
    assert [key.label for key in one.plugged()] == ["示例市人力资源和社会保障局"]


def test_wrong_pins_are_counted_until_it_is_locked(keys: SimulatedKeys) -> None:
    told = []
    for _ in range(TRIES + 1):
        with pytest.raises(PinRefused) as refused:
            sign(keys, b"000000")
        told.append((refused.value.tries_left, refused.value.code))
    assert told == [*((left, "DEV-503") for left in range(TRIES - 1, 0, -1)), (0, "DEV-504"), (0, "DEV-504")]
    with pytest.raises(PinRefused):
        sign(keys)
    assert first(keys).tries_left == 0


def test_the_right_pin_gives_all_tries_back(keys: SimulatedKeys) -> None:
    with pytest.raises(PinRefused):
        sign(keys, b"000000")
    assert first(keys).tries_left == TRIES - 1
    sign(keys)
    assert first(keys).tries_left == TRIES


def test_a_pin_is_overwritten_and_never_printed() -> None:
    pin = Pin(b"123456")
    with pin.shown() as digits:
        kept = digits
    with pin:
        assert "123456" not in repr(pin)
    assert bytes(kept) == bytes(6)
    assert not pin


def test_a_pulled_key_is_gone_and_comes_back(keys: SimulatedKeys) -> None:
    key = first(keys)
    keys.pull(key.id)
    with pytest.raises(DeviceError, match="DEV-501"), Pin(PIN) as pin:
        keys.sign(key.id, key.certificates[0], b"", pin)
    assert key.id not in {each.id for each in keys.plugged()}
    keys.plug(key.id)
    assert first(keys) == key


def test_all_pulled_is_told_by_the_lamp(keys: SimulatedKeys) -> None:
    assert keys.check().condition is Condition.READY
    for key_id in keys.present():
        keys.pull(key_id)
    assert keys.check().condition is Condition.FAILED


def test_failures_on_order_come_once() -> None:
    keys = SimulatedKeys(pace=0)
    keys.fail_next(DeviceState.TIMED_OUT)
    with pytest.raises(DeviceError) as failed:
        sign(keys)
    assert failed.value.state is DeviceState.TIMED_OUT
    assert sign(keys)
    ordered = keys_of("simulated?fail=absent:2&pace=0")
    assert isinstance(ordered, SimulatedKeys)
    assert sign(ordered)
    with pytest.raises(DeviceError, match="DEV-502"):
        sign(ordered)
    assert sign(ordered)


def test_a_certificate_of_another_key_is_refused(keys: SimulatedKeys) -> None:
    ours, other = keys.plugged()[:2]
    with pytest.raises(DeviceError, match="DEV-508"), Pin(PIN) as pin:
        keys.sign(ours.id, other.certificates[0], b"", pin)


def test_a_signature_that_is_wrong_is_not_given_on(keys: SimulatedKeys) -> None:
    certificate = first(keys).certificates[0]
    with pytest.raises(DeviceError, match="DEV-507"):
        checked(certificate, b"another", sign(keys), "key")


@pytest.mark.parametrize(
    "address", ["", "COM3", "simulated?pace=x", "simulated?units=1", "simulated?what=1", "simulated?fail=eaten:1"]
)
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(DeviceError, match="DEV-509"):
        keys_of(address)
