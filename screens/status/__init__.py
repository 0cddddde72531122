"""The live status: every service and database as last seen, with how long ago that was."""
