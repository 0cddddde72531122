"""Why a deployment failed: the cause in an operator's words, the lines that show it, and what to do.

Recognisers look at what was heard of a deployment and at the operator's own files; the first that knows a failure
explains it. They name no platform: what a builder, a package manager, a server or a driver writes is everywhere the
same.
"""
