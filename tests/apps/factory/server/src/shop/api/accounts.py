from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel

from shop import security
from shop.db import Account, get_db

router = APIRouter()


class SignUp(BaseModel):
    username: str
    password: str
    newsletter: bool = False


@router.post("/signup")
def signup(data: SignUp, db=Depends(get_db)):
    account = Account(username=data.username, password_hash=security.make_hash(data.password))
    db.add(account)
    db.commit()
    return {"id": account.id}


@router.post("/signin")
def signin(username: str = Body(...), password: str = Body(...), db=Depends(get_db)):
    account = db.query(Account).filter_by(username=username).one()
    assert security.check_hash(password, account.password_hash)
    return {"token": security.make_token(account), "username": account.username}


@router.get("/profile")
def profile(account=Depends(security.current_account)):
    return {"username": account.username, "role": account.role.value}
