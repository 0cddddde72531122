"""The sandbox tier: images with a root file system of their own, deployments in networks of their own.

A user namespace holds everything; each deployment has its own mounts, processes and network, and a bridge is the
private network. Nothing here is imported for its effects: scripts of `inside` run in bare interpreters.
"""
