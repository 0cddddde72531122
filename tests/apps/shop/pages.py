"""The shop's pages: static files as a builder leaves them, from the folder SITE_ROOT names."""

import os

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

app = Starlette(routes=[Mount("/", StaticFiles(directory=os.environ["SITE_ROOT"], html=True))])
