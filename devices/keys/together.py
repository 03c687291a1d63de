"""Keys of several stacks as one: a stack that fails hides no key of another."""

from collections.abc import Sequence

import structlog

from client.errors import DeviceError, DeviceState
from client.ports.keys import KeyOnHand, Pin, SealKeys
from client.ports.readiness import Condition, Readiness
from client.proof.certificates import Certificate
from devices.keys import faults

log = structlog.get_logger(__name__)


class KeysTogether:
    """Each key is asked for at the stack that told of it."""

    def __init__(self, stacks: Sequence[SealKeys]) -> None:
        self.name = stacks[0].name
        self._stacks = tuple(stacks)
        self._of: dict[str, SealKeys] = {}

    def plugged(self) -> Sequence[KeyOnHand]:
        found: list[KeyOnHand] = []
        refused: list[DeviceError] = []
        for stack in self._stacks:
            try:
                keys = stack.plugged()
            except DeviceError as error:
                refused.append(error)
                continue
            self._of |= {key.id: stack for key in keys}
            found += keys
        if refused and not found:
            raise refused[0]
        for each in refused:
            log.warning("keys not asked", code=each.code, **each.parameters)
        return found

    def sign(self, key_id: str, certificate: Certificate, message: bytes, pin: Pin) -> bytes:
        return self._stack(key_id).sign(key_id, certificate, message, pin)

    def seals(self, key_id: str) -> Sequence[bytes]:
        return self._stack(key_id).seals(key_id)

    def present(self) -> frozenset[str]:
        return frozenset().union(*(stack.present() for stack in self._stacks))

    def check(self) -> Readiness:
        """As the stack that stands best."""
        order = (Condition.READY, Condition.ATTENTION)
        told = [stack.check() for stack in self._stacks]
        return min(told, key=lambda each: order.index(each.condition) if each.condition in order else len(order))

    def close(self) -> None:
        for stack in self._stacks:
            stack.close()

    def _stack(self, key_id: str) -> SealKeys:
        if key_id not in self._of:
            raise DeviceError(DeviceState.ABSENT, faults.NO_KEY, device=self.name)
        return self._of[key_id]
