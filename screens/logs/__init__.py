"""The log of builds and services: search, level and source, follow, save."""
