from shop.config import Config


class StripePayments:
    def __init__(self):
        self.key = Config.STRIPE_API_KEY

    def charge(self, cents):
        return {"key": self.key[:4], "cents": cents}


class NoPayments:
    def charge(self, cents):
        return {"cents": cents}


def gateway():
    if Config.PAYMENTS == "none":
        return NoPayments()
    return StripePayments()
