import os


def env(name, default=None):
    value = os.environ.get(name, default)
    if value is None:
        raise RuntimeError(f"{name} is not set")
    return value


class Config:
    DB_HOST = env("DB_HOST")
    DB_PORT = env("DB_PORT", "5432")
    DB_USER = env("DB_USER")
    DB_PASSWORD = env("DB_PASSWORD")
    DB_NAME = env("DB_NAME")
    SECRET_KEY = env("SECRET_KEY", "dev-secret")
    ALLOWED_ORIGINS = os.getenv("ALLOWED_ORIGINS", "http://localhost:3000").split(",")
    STRIPE_API_KEY = os.getenv("STRIPE_API_KEY")
    PAYMENTS = os.getenv("PAYMENTS", "stripe")
    MEDIA_ROOT = os.getenv("MEDIA_ROOT", "/data/media")
    PAGE_SIZE = int(os.getenv("PAGE_SIZE", "20"))

    @property
    def database_url(self):
        return f"postgresql://{self.DB_USER}:{self.DB_PASSWORD}@{self.DB_HOST}:{self.DB_PORT}/{self.DB_NAME}"


config = Config()
