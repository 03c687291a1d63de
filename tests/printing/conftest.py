"""The print queue and the desk of the tests that print."""

from tests.cups import hall_queue, print_queue
from tests.desk.conftest import blank, clock, desk

__all__ = ["blank", "clock", "desk", "hall_queue", "print_queue"]
