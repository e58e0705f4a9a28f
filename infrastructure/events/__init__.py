"""The event store: how what happened is recorded, read and followed."""
