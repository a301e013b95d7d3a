"""Balances of every user and how they move by deposits, withdrawals and transfers, in exact arithmetic.

The rule it keeps: money enters by a deposit, leaves by a completed withdrawal and else only changes place.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from enum import StrEnum
from functools import reduce
from itertools import count
from typing import Literal, TypeVar

from msgspec import Struct, structs

ZERO = Decimal(0)

# An input has at most 36 digits (see check_amount), so products and sums stay far below 120 digits. Should a
# result ever not fit, Inexact is raised instead of rounding.
EXACT = Context(prec=120, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
add = EXACT.add
subtract = EXACT.subtract
multiply = EXACT.multiply
remainder = EXACT.remainder
# The quotient without its fraction.
divide_down = EXACT.divide_int

# The only rounding in the engine: averages and ratios that are shown, to 18 significant digits.
ratio = Context(prec=18).divide

LARGEST = Decimal("1E18")
SMALLEST_STEP = Decimal("1E-18")

SPOT = "spot"
FEE_ACCOUNT = "@fees"

Row = TypeVar("Row")

Situation = Literal[
    "unknown-symbol",
    "unknown-order",
    "insufficient-funds",
    "precision",
    "below-minimum",
    "above-maximum",
    "price-range",
    "duplicate-client-order-id",
    "unsupported-order-type",
    "would-match",
    "no-opposite-order",
    "bad-parameter",
]


# A venue that refuses works as it should: not an error of the exchange, so not named one.
class Refused(Exception):
    """The exchange said no, and nothing changed: `situation` for adapters, the message for people."""

    def __init__(self, situation: Situation, message: str) -> None:
        """Keep both as arguments, so that the refusal survives pickling."""
        super().__init__(situation, message)
        self.situation: Situation = situation
        self.message = message

    def __str__(self) -> str:
        """Show the situation before the message."""
        return f"{self.situation}: {self.message}"


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add up exactly."""
    return reduce(add, amounts, ZERO)


def check_amount(name: str, amount: Decimal) -> None:
    """Refuse what is no positive number below 1E18 with at most 18 decimals."""
    if not amount.is_finite() or amount <= ZERO:
        raise Refused("bad-parameter", f"{name} must be a positive number, not {amount}")
    if amount >= LARGEST:
        raise Refused("above-maximum", f"{name} must be below {LARGEST}, not {amount}")
    if remainder(amount, SMALLEST_STEP):
        raise Refused("precision", f"{name} has more than 18 decimals: {amount}")


def check_count(name: str, number: int) -> None:
    """Refuse a number below one."""
    if number < 1:
        raise Refused("bad-parameter", f"{name} must be at least 1, not {number}")


def page(rows: Sequence[Row], limit: int | None, *, oldest: bool = False) -> list[Row]:
    """Cut ascending rows down to the newest `limit`, or to the oldest; None keeps all."""
    if limit is None:
        return list(rows)
    check_count("limit", limit)
    return list(rows[:limit] if oldest else rows[-limit:])


def in_window(time: int, start: int | None, end: int | None) -> bool:
    """Tell whether a time lies in a window whose ends belong to it; None is an open end."""
    return (start is None or time >= start) and (end is None or time <= end)


class Balance(Struct, frozen=True):
    """What a user has of one asset in one account; `locked` is held by open orders and pending movements."""

    free: Decimal = ZERO
    locked: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Free and locked together."""
        return add(self.free, self.locked)


class Totals(Struct, frozen=True):
    """One asset over the whole exchange; `held` is always `deposited - withdrawn`."""

    held: Decimal
    deposited: Decimal
    withdrawn: Decimal


class MovementKind(StrEnum):
    """Why money moved without a trade."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    INTERNAL_TRANSFER = "internal_transfer"
    ACCOUNT_TRANSFER = "account_transfer"


class MovementStatus(StrEnum):
    """Pending movements hold the sender's money; the other two states are final."""

    PENDING = "pending"
    DONE = "done"
    CANCELED = "canceled"


class Movement(Struct, frozen=True, kw_only=True):
    """A deposit, withdrawal or transfer; times are epoch milliseconds.

    `fee` is paid by the sender on top of `amount`. `recipient` is the user who receives, None when the money
    leaves the exchange. `address`, `network` and `memo` are kept as given.
    """

    movement_id: int = 0
    kind: MovementKind
    user: str
    recipient: str | None
    asset: str
    amount: Decimal
    fee: Decimal = ZERO
    status: MovementStatus = MovementStatus.PENDING
    source_account: str = SPOT
    target_account: str = SPOT
    address: str | None = None
    network: str | None = None
    memo: str | None = None
    external_id: str | None = None
    created_at: int = 0
    updated_at: int = 0

    @property
    def charged(self) -> Decimal:
        """What the sender gives: the amount and the fee."""
        return add(self.amount, self.fee)

    def same_terms(self, other: "Movement") -> bool:
        """Tell whether both ask for the same, whatever has become of them since."""
        progress = {"movement_id": 0, "status": MovementStatus.PENDING, "created_at": 0, "updated_at": 0}
        return structs.replace(self, **progress) == structs.replace(other, **progress)


class Wallet:
    """The balances of all users and the movements between them and the outside world.

    A user exists from the first deposit or `open_account` on. Every user has the account "spot", from which
    orders and withdrawals are paid, and the second accounts.
    """

    def __init__(self, *, clock: Callable[[], int], second_accounts: Iterable[str], first_id: int) -> None:
        """Start without users; `clock` returns epoch milliseconds, movement ids count from `first_id`."""
        self._clock = clock
        self._latest = 0
        self._accounts = frozenset({SPOT, *second_accounts})
        self._balances: dict[tuple[str, str], dict[str, Balance]] = {}
        self._users: set[str] = set()
        self._movements: dict[int, Movement] = {}
        self._movement_ids = count(first_id)
        self._by_external_id: dict[tuple[str, str], int] = {}

    def now(self) -> int:
        """Return the exchange's time, epoch milliseconds.

        It stands still while a clock that was set back has not caught up, so that records stay in order.
        """
        return max(self._latest, self._clock())

    def _stamp(self) -> int:
        self._latest = self.now()
        return self._latest

    # Balances

    def open_account(self, user: str) -> None:
        """Make a user known, who can then receive transfers; opening twice changes nothing."""
        self._users.add(user)

    def users(self) -> list[str]:
        """List the users in alphabetical order."""
        return sorted(self._users)

    def balance(self, user: str, asset: str, *, account: str = SPOT) -> Balance:
        """Return the balance of one asset, zero if the user never had any."""
        return self._account(user, account).get(asset, Balance())

    def balances(self, user: str, *, account: str = SPOT) -> dict[str, Balance]:
        """Return every asset that the user ever had in the account, in alphabetical order."""
        return dict(sorted(self._account(user, account).items()))

    def totals(self) -> dict[str, Totals]:
        """Add up every asset over all users, accounts and fees, beside what came in and what went out."""
        assets = sorted({asset for balances in self._balances.values() for asset in balances})
        return {asset: self._totals(asset) for asset in assets}

    def _totals(self, asset: str) -> Totals:
        done = [m for m in self._movements.values() if m.asset == asset and m.status is MovementStatus.DONE]
        return Totals(
            held=total(balances[asset].total for balances in self._balances.values() if asset in balances),
            deposited=total(m.amount for m in done if m.kind is MovementKind.DEPOSIT),
            withdrawn=total(m.amount for m in done if m.kind is MovementKind.WITHDRAWAL),
        )

    def _account(self, user: str, account: str) -> dict[str, Balance]:
        if account not in self._accounts:
            known = ", ".join(sorted(self._accounts))
            raise Refused("bad-parameter", f"there is no account {account!r}; there are {known}")
        return self._balances.get((user, account), {})

    def _change(
        self, user: str, asset: str, *, free: Decimal = ZERO, locked: Decimal = ZERO, account: str = SPOT
    ) -> None:
        balances = self._balances.setdefault((user, account), {})
        old = balances.get(asset, Balance())
        balances[asset] = Balance(add(old.free, free), add(old.locked, locked))

    def _lock(self, user: str, asset: str, amount: Decimal, *, account: str = SPOT) -> None:
        self._change(user, asset, free=amount.copy_negate(), locked=amount, account=account)

    def _unlock(self, user: str, asset: str, amount: Decimal, *, account: str = SPOT) -> None:
        self._lock(user, asset, amount.copy_negate(), account=account)

    def _require(self, user: str, asset: str, amount: Decimal, *, account: str = SPOT) -> None:
        free = self.balance(user, asset, account=account).free
        if free < amount:
            raise Refused("insufficient-funds", f"{amount:f} {asset} needed in {account}, {free:f} free")

    # Movements

    def deposit(
        self,
        user: str,
        asset: str,
        amount: Decimal,
        *,
        account: str = SPOT,
        address: str | None = None,
        network: str | None = None,
        memo: str | None = None,
    ) -> Movement:
        """Credit money that comes from outside; done at once."""
        check_amount("amount", amount)
        self._account(user, account)
        draft = Movement(
            kind=MovementKind.DEPOSIT,
            user=user,
            recipient=user,
            asset=asset,
            amount=amount,
            status=MovementStatus.DONE,
            target_account=account,
            address=address,
            network=network,
            memo=memo,
        )
        self._users.add(user)
        self._change(user, asset, free=amount, account=account)
        return self._record(draft)

    def withdraw(
        self,
        user: str,
        asset: str,
        amount: Decimal,
        *,
        fee: Decimal = ZERO,
        address: str | None = None,
        network: str | None = None,
        memo: str | None = None,
        external_id: str | None = None,
    ) -> Movement:
        """Lock `amount` and `fee` for a withdrawal, pending until it is completed or cancelled.

        An `external_id` seen before returns the withdrawal recorded then, and nothing is locked.
        """
        check_amount("amount", amount)
        if fee:
            check_amount("fee", fee)
        draft = Movement(
            kind=MovementKind.WITHDRAWAL,
            user=user,
            recipient=None,
            asset=asset,
            amount=amount,
            fee=fee,
            address=address,
            network=network,
            memo=memo,
            external_id=external_id,
        )
        return self._earlier(draft) or self._begin(draft)

    def internal_transfer(
        self,
        user: str,
        recipient: str,
        asset: str,
        amount: Decimal,
        *,
        pending: bool = False,
        external_id: str | None = None,
        memo: str | None = None,
    ) -> Movement:
        """Move spot money to another user, at once or, if `pending`, on completion.

        An `external_id` seen before returns the transfer recorded then, and nothing moves.
        """
        check_amount("amount", amount)
        if recipient not in self._users:
            raise Refused("bad-parameter", f"there is no user {recipient!r} to transfer to")
        if recipient == user:
            raise Refused("bad-parameter", "an internal transfer needs another user")
        draft = Movement(
            kind=MovementKind.INTERNAL_TRANSFER,
            user=user,
            recipient=recipient,
            asset=asset,
            amount=amount,
            external_id=external_id,
            memo=memo,
        )
        earlier = self._earlier(draft)
        if earlier is not None:
            return earlier
        begun = self._begin(draft)
        return begun if pending else self._finish(begun)

    def transfer(self, user: str, asset: str, amount: Decimal, *, source: str, target: str) -> Movement:
        """Move money between two accounts of one user, at once."""
        check_amount("amount", amount)
        self._account(user, target)
        if source == target:
            raise Refused("bad-parameter", f"source and target are the same account: {source}")
        draft = Movement(
            kind=MovementKind.ACCOUNT_TRANSFER,
            user=user,
            recipient=user,
            asset=asset,
            amount=amount,
            source_account=source,
            target_account=target,
        )
        return self._finish(self._begin(draft))

    def complete_movement(self, movement_id: int) -> Movement:
        """Carry out a pending withdrawal or internal transfer, as the venue's staff would."""
        return self._finish(self._pending(self._movements.get(movement_id), movement_id))

    def cancel_movement(self, user: str, movement_id: int, *, kind: MovementKind | None = None) -> Movement:
        """Cancel a pending withdrawal or internal transfer and unlock its money."""
        found = self._pending(self.movement(user, movement_id, kind=kind), movement_id)
        if found.user != user:
            raise Refused("bad-parameter", f"movement {movement_id} can only be cancelled by its sender")
        self._unlock(user, found.asset, found.charged)
        return self._close(found, MovementStatus.CANCELED)

    def movement(self, user: str, movement_id: int, *, kind: MovementKind | None = None) -> Movement:
        """Return one movement that the user sent or received."""
        found = self._movements.get(movement_id)
        if found is None or user not in {found.user, found.recipient} or kind not in {None, found.kind}:
            raise Refused("bad-parameter", f"{user} has no {kind or 'movement'} {movement_id}")
        return found

    def movements(
        self,
        user: str,
        *,
        kinds: Iterable[MovementKind] = tuple(MovementKind),
        asset: str | None = None,
        start: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[Movement]:
        """Return what the user sent and received, oldest first; `limit` keeps the newest.

        `start` and `end` are creation times, epoch milliseconds, both inclusive.
        """
        wanted = frozenset(kinds)
        rows = [
            m
            for m in self._movements.values()
            if user in {m.user, m.recipient}
            and m.kind in wanted
            and asset in {None, m.asset}
            and in_window(m.created_at, start, end)
        ]
        return page(rows, limit)

    def _earlier(self, draft: Movement) -> Movement | None:
        if draft.external_id is None:
            return None
        known = self._by_external_id.get((draft.user, draft.external_id))
        if known is None:
            return None
        earlier = self._movements[known]
        if not earlier.same_terms(draft):
            raise Refused("bad-parameter", f"external id {draft.external_id!r} belongs to movement {known}")
        return earlier

    def _begin(self, draft: Movement) -> Movement:
        self._require(draft.user, draft.asset, draft.charged, account=draft.source_account)
        self._lock(draft.user, draft.asset, draft.charged, account=draft.source_account)
        return self._record(draft)

    def _record(self, draft: Movement) -> Movement:
        now = self._stamp()
        movement = structs.replace(draft, movement_id=next(self._movement_ids), created_at=now, updated_at=now)
        self._movements[movement.movement_id] = movement
        if movement.external_id is not None:
            self._by_external_id[movement.user, movement.external_id] = movement.movement_id
        return movement

    def _pending(self, found: Movement | None, movement_id: int) -> Movement:
        if found is None:
            raise Refused("bad-parameter", f"there is no movement {movement_id}")
        if found.status is not MovementStatus.PENDING:
            raise Refused("bad-parameter", f"{found.kind} {movement_id} is already {found.status}")
        return found

    def _finish(self, movement: Movement) -> Movement:
        asset, charged = movement.asset, movement.charged
        self._change(movement.user, asset, locked=charged.copy_negate(), account=movement.source_account)
        self._collect(asset, movement.fee)
        if movement.recipient is not None:
            self._change(movement.recipient, asset, free=movement.amount, account=movement.target_account)
        return self._close(movement, MovementStatus.DONE)

    def _collect(self, asset: str, fee: Decimal) -> None:
        if fee:
            self._change(FEE_ACCOUNT, asset, free=fee)

    def _close(self, movement: Movement, status: MovementStatus) -> Movement:
        closed = structs.replace(movement, status=status, updated_at=self._stamp())
        self._movements[closed.movement_id] = closed
        return closed
