"""Which room has which command, by names alone: only that room is imported for it, and all of them for help."""

from collections.abc import Mapping
from types import MappingProxyType

ROOMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "client.commands.cases": ("intake", "cases", "case", "paper"),
        "client.commands.exceptions": ("exceptions",),
        "client.commands.issuing": ("paper",),
        "client.commands.papers": ("paper",),
        "client.commands.proving": ("paper",),
        "client.commands.reconcile": ("reconcile",),
        "client.commands.numbers": ("numbers",),
        "client.commands.outbox": ("outbox",),
        "client.commands.devices": ("devices",),
        "client.commands.upkeep": ("staff", "backup", "restore", "doctor"),
        "client.commands.packs": ("packs",),
        "client.commands.seals": ("seals",),
        "client.commands.sheets": ("sheet",),
        "client.commands.copies": ("recovery-key", "second-copy", "rescue", "export", "import-answers"),
        "client.demo.commands": ("demo", "demo-people", "demo-count"),
        "devices.commands": ("card", "key", "page", "rating", "scan", "scan-simulate"),
        "devices.child_commands": ("scan-child", "camera-child", "card-child", "key-child", "pcsc-child", "read-child"),
        "printing.commands": ("fonts", "print-simulate", "slot-sheets", "templates"),
        "printing.label_commands": ("folder-label",),
        "printing.seal_commands": ("seal",),
        "sync.commands": ("sync", "enrol"),
        "sync.hub_commands": ("hub",),
        "ui.commands": ("run",),
        "ui.spooler_commands": ("spool-child",),
    }
)
