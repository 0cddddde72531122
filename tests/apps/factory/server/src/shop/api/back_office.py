import os

from fastapi import APIRouter, Depends, File, Form, UploadFile

from shop.config import Config
from shop.db import Order, get_db
from shop.payments import gateway
from shop.security import managers

router = APIRouter(dependencies=[Depends(managers)])


@router.get("/orders")
def orders(status: str, db=Depends(get_db)):
    return db.query(Order).limit(Config.PAGE_SIZE).all()


@router.post("/orders/{order_id}/charge")
def charge(order_id: int, db=Depends(get_db)):
    return gateway().charge(int(db.get(Order, order_id).total * 100))


@router.api_route("/pictures", methods=["POST", "PUT"])
def picture(title: str = Form(...), image: UploadFile = File(...)):
    os.makedirs(Config.MEDIA_ROOT, exist_ok=True)
    with open(os.path.join(Config.MEDIA_ROOT, image.filename), "wb") as file:
        file.write(image.file.read())
    return {"title": title}
