import os

from fastapi import FastAPI

fake = FastAPI()
DATABASE = os.environ["TEST_DATABASE_URL"]
