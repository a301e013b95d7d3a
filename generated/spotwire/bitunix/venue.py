"""What is true of every operation of Bitunix spot. Generated from `specs/bitunix`; do not edit."""

from spotwire_core.operation import Envelope, KnownError, Limit, Venue

VENUE = Venue(
    name="bitunix",
    title="Bitunix spot",
    base_url="https://openapi.bitunix.com",
    auth="BitunixAuth",
    envelope=Envelope(code="code", message=("msg",), data="data", success_codes=frozenset({"0"})),
    limits=(
        Limit(bucket="withdraw", requests=10, seconds=1, scope="ip"),
        Limit(bucket="cancelWithdrawal", requests=10, seconds=1, scope="ip"),
        Limit(bucket="internalTransfer", requests=10, seconds=1, scope="ip"),
        Limit(bucket="cancelInternalTransfer", requests=10, seconds=1, scope="ip"),
        Limit(bucket="withdrawals", requests=10, seconds=1, scope="ip"),
        Limit(bucket="transfer", requests=10, seconds=1, scope="ip"),
        Limit(bucket="deposits", requests=10, seconds=1, scope="ip"),
        Limit(bucket="depositAddress", requests=10, seconds=1, scope="ip"),
    ),
    errors={
        "2": KnownError(
            "InvalidRequest",
            "A parameter is wrong or missing, for example an unknown symbol, no symbol or a volume of zero",
        ),
        "404": KnownError(
            "InvalidRequest",
            "The path does not exist. The HTTP status is what was seen; the code in the body is not known, the status stands in for it",
        ),
        "500": KnownError("VenueUnavailable", "System error of the venue"),
        "10016": KnownError("ApiError", "The user does not exist"),
        "10034": KnownError(
            "InsufficientFunds",
            "Insufficient balance. Comes as placeCode of a refused order inside a success envelope, not as the code of the envelope",
        ),
        "10058": KnownError("InvalidRequest", "The volume has more decimals than the symbol's base precision allows"),
        "70003": KnownError(
            "InvalidRequest", "Parameters are missing. A missing symbol was seen to be answered with code 2 instead"
        ),
        "100004": KnownError("AuthError", "The API key is not known"),
        "100005": KnownError("AuthError", "The signature is wrong"),
        "100008": KnownError(
            "ClockError", "The timestamp is too old. 61 s behind is refused, 61 s ahead was still accepted"
        ),
        "100011": KnownError("AuthError", "The IP address is blocked by the venue's risk control"),
        "110007": KnownError("InvalidRequest", "The withdrawal amount is below the fee"),
        "110008": KnownError(
            "InvalidRequest", "Withdrawals go only to addresses that were freed from verification beforehand"
        ),
        "110033": KnownError("AuthError", "The API key lacks the permission"),
        "110041": KnownError("RateLimited", "Requests come too fast. No Retry-After and no limit header is known"),
    },
)
