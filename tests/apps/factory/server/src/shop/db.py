import enum

from sqlalchemy import Boolean, Column, DateTime, Enum, ForeignKey, Integer, Numeric, String, create_engine, func
from sqlalchemy.orm import declarative_base, relationship, sessionmaker

from shop.config import config

engine = create_engine(config.database_url)
SessionLocal = sessionmaker(bind=engine)
Base = declarative_base()


class Role(enum.Enum):
    CUSTOMER = "customer"
    MANAGER = "manager"
    ADMIN = "admin"


class Timestamps:
    created = Column(DateTime, server_default=func.now(), nullable=False)


class Account(Timestamps, Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
    username = Column(String(64), unique=True, nullable=False)
    password_hash = Column("pw_hash", String(128), nullable=False)
    role = Column(Enum(Role), nullable=False, default=Role.CUSTOMER)
    active = Column(Boolean, default=True)
    orders = relationship("Order", back_populates="account")


class Order(Timestamps, Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    account_id = Column(ForeignKey("accounts.id"), nullable=False)
    total = Column(Numeric(10, 2))
    account = relationship("Account", back_populates="orders")


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()
