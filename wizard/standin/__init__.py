"""The local Railway: its API, state, builder, runner, edge and datastores, for rehearsals and for tests."""
