"""The order that everybody signs and sends. Imports nothing of spotwire: the process of the peers uses it too."""

KEY, SECRET = "mx0aBYs33eIilxBWC5", "45d0b3c26f2644f19bfb98b07741b2f5"
PATH = "/api/v3/order"
ORDER = {
    "symbol": "BTCUSDT",
    "side": "BUY",
    "type": "LIMIT",
    "quantity": "0.5",
    "price": "46260.38",
    "newClientOrderId": "sw0190d3b8c1a2abc123def",
}
