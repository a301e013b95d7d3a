"""What is true of every operation of Coinstore spot REST API. Generated from `specs/coinstore`; do not edit."""

from spotwire_core.operation import Envelope, KnownError, Limit, Venue

VENUE = Venue(
    name="coinstore",
    title="Coinstore spot REST API",
    base_url="https://api.coinstore.com",
    auth="CoinstoreAuth",
    envelope=Envelope(code="code", message=("message", "msg"), data="data", success_codes=frozenset({"0"})),
    limits=(
        Limit(bucket="ip", requests=300, seconds=3, scope="ip"),
        Limit(bucket="user", requests=120, seconds=3, scope="user"),
    ),
    errors={
        "400": KnownError("InvalidRequest", "The request has no valid format"),
        "401": KnownError(
            "AuthError",
            "The API key is wrong, the sub account was deleted, or the main account froze the sub account's login",
        ),
        "404": KnownError("InvalidRequest", "The service was not found"),
        "429": KnownError("RateLimited", "Too many requests"),
        "500": KnownError("VenueUnavailable", "The server failed"),
        "1401": KnownError(
            "AuthError",
            "The IP address is not on the key's white list, the signature is wrong, or the login token has expired",
        ),
        "3005": KnownError("AuthError", "The signature could not be generated"),
        "3011": KnownError("InvalidRequest", "The symbol is not listed"),
        "3012": KnownError("AuthError", "The user may not trade this symbol"),
        "3013": KnownError("AuthError", "The user is not qualified for spot trading"),
        "3014": KnownError("AuthError", "The sub account is not qualified for spot trading"),
        "3015": KnownError("AuthError", "The sub account may not trade this symbol"),
        "3103": KnownError("OrderNotFound", "The order does not exist or belongs to another account"),
        "3104": KnownError("InvalidRequest", "The quantity has too many decimals"),
        "3106": KnownError("InvalidRequest", "The amount has too many decimals"),
        "3111": KnownError("DuplicateOrder", "An order with this client order id exists already"),
        "3113": KnownError("InsufficientFunds", "The balance does not suffice"),
        "4003": KnownError("OrderNotFound", "The order does not exist"),
        "6001": KnownError("AuthError", "Sub accounts may not take part in this business"),
        "1101": KnownError("InsufficientFunds", "The balance does not suffice"),
        "10001": KnownError("ApiError", "A refusal whose reason is not published"),
        "101040502": KnownError(
            "InvalidRequest",
            "Transfer: a field is missing, or the currency, the custom id or the transfer type is wrong or not supported",
        ),
        "102150400": KnownError("InvalidRequest", "Transfer: the amount is wrong, or the transfer failed"),
        "102150808": KnownError("ApiError", "Transfer: the balance does not suffice, or the order is a duplicate"),
    },
)
