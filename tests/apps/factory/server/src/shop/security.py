from fastapi import Depends, Header, HTTPException
from jose import jwt
from passlib.context import CryptContext

from shop.config import Config
from shop.db import Account, Role, get_db

crypt = CryptContext(schemes=["bcrypt"], deprecated="auto")


def make_hash(plain):
    return crypt.hash(plain)


def check_hash(plain, hashed):
    return crypt.verify(plain, hashed)


def make_token(account):
    return jwt.encode({"sub": account.username}, Config.SECRET_KEY, algorithm="HS256")


def current_account(authorization: str = Header(...), db=Depends(get_db)):
    claims = jwt.decode(authorization.removeprefix("Bearer "), Config.SECRET_KEY, algorithms=["HS256"])
    account = db.query(Account).filter_by(username=claims["sub"]).first()
    if not account or not account.active:
        raise HTTPException(401)
    return account


class Requires:
    def __init__(self, *roles):
        self.roles = roles

    def __call__(self, account=Depends(current_account)):
        if account.role not in self.roles:
            raise HTTPException(403)
        return account


managers = Requires(Role.MANAGER, Role.ADMIN)
