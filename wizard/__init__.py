"""railwizard: rehearse, deploy and prove a FastAPI and Next.js monorepo on Railway."""

__version__ = "0.1.0"
