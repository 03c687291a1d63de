"""The desk's part of the command line; the front door mounts it and hands it a door in `ctx.obj`."""
