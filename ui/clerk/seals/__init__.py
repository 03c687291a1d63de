"""用印: papers that wait for their seal, the ledger of seals, and whether a sealed file is genuine."""
