"""The print queue of the tests that print."""

from tests.cups import hall_queue, print_queue

__all__ = ["hall_queue", "print_queue"]
