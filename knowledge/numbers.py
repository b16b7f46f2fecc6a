"""Quantities, periods and dates as words of a language, by CLDR: no more digits than the source gave."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal, get_currency_symbol

from knowledge.facts import Day
from knowledge.period import Period
from knowledge.phrases import Phrases
from knowledge.quantity import Quantity

_DIGITS = 4
"""Significant digits that a reader takes in; tables and `exact` give all."""
_MOST_DIGITS = 12
_LEAST_TENTH = 0.05
"""What is smaller is 0.0 when it is rounded to a decimal."""
_NEAR = 1e-2
"""Two values that differ by less, as a part of the larger one, may look the same."""
_SCALES = ((1e9, "billion"), (1e6, "million"))


class Figures:
    """Words numbers and times in one language."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._locale: Locale = phrases.locale

    def digits(self, quantity: Quantity, beside: Iterable[Quantity]) -> int:
        """The significant digits that tell a money value from those beside it, as far as the sources gave them."""
        near = [other for other in beside if other.unit == quantity.unit and _near(quantity, other)]
        for digits in range(_DIGITS, _MOST_DIGITS + 1) if near else ():
            text = self.quantity(quantity, "bare", digits)
            if all(text != self.quantity(other, "bare", digits) for other in near):
                return digits
        return _DIGITS

    def quantity(self, quantity: Quantity, spec: str = "", digits: int = _DIGITS) -> str:
        """A quantity with its hedge; `bare` leaves the hedge out, `exact` gives every digit, `abs` drops the sign."""
        value = abs(quantity.value) if spec == "abs" else quantity.value
        sign = "−" if value < 0 else "+" if value > 0 and spec == "signed" else ""
        match quantity.unit:
            case "USD" | "EUR" | "GBP":
                # A price without a rounding step is as its source wrote it; a computed sum keeps its zeros.
                bare = not quantity.step and quantity.low == quantity.high
                text = self._money(value, quantity.unit, quantity.step, digits, exact=spec == "exact", strip=bare)
            case "percent":
                number = self._decimal(abs(value), _signed_places(value) if spec == "signed" else _places(quantity))
                text = sign + self._phrases.fill("number.percent", {"value": number}, self._plain)
            case "ratio" if spec in ("compared", "compared_hedged"):
                # "31 times larger", "1.3 times smaller": for languages that must say which.
                side, times = ("more", value) if value >= 1 else ("less", 1 / value)
                places = _places(Quantity.reported(times, "ratio")) if side == "less" else _places(quantity)
                # As printed: "31.0" takes another form of "times" than "31" in some languages.
                args = {"value": self._decimal(times, places), "n": Decimal(f"{times:.{places}f}")}
                text = self._phrases.fill(f"number.compared.{side}", args, self._plain)
                if spec == "compared":
                    return text
            case "ratio":
                text = self._decimal(value, _places(quantity))
            case "rank":
                text = self.ordinal(int(value))
            case _:
                text = self._decimal(value, 0)
        if (
            spec in ("bare", "exact", "abs", "signed")
            or quantity.qualifier in ("exact", "unknown")
            or (not quantity.step and quantity.unit != "items")
        ):
            return text
        return self._phrases.fill(f"hedge.{quantity.qualifier}", {"value": text}, self._plain)

    def bounds(self, quantity: Quantity) -> tuple[str, str] | None:
        """The two ends of a quantity's interval, worded; None where a side is open."""
        if quantity.low is None or quantity.high is None:
            return None
        places = _places(quantity) if quantity.unit in ("ratio", "percent") else 0
        ends = []
        for end in (quantity.low, quantity.high):
            if quantity.unit in ("ratio", "percent"):
                ends.append(self._decimal(end, places))
            else:
                ends.append(self._money(end, quantity.unit, 0, _DIGITS, exact=False))
        return ends[0], ends[1]

    def million(self, value: float) -> str:
        """A money value in millions with one decimal, for tables."""
        return self._decimal(value / 1e6, 1)

    def ordinal(self, number: int) -> str:
        """1st, 2nd, ... in the language's way: by the number itself where it is listed, else by CLDR's category."""
        forms = (f"ordinal.{number}", f"ordinal.{self._locale.ordinal_form(number)}", "ordinal.any")
        return self._phrases.fill(
            next(form for form in forms if form in self._phrases), {"n": str(number)}, self._plain
        )

    def period(self, period: Period, spec: str = "") -> str:
        """A period's label; `in` as an adverbial ("in March 2022"), `short` for tables ("Mar 2022", "Q1 2022")."""
        kind = period.kind
        args: dict[str, object] = {"year": str(period.first_year), "last_year": str(period.last_year)}
        if kind == "span" and len(period) % 12 == 0 and period.first_month == 1:
            kind = "years"
        elif kind == "span" and period.first_year != period.last_year:
            kind = "long_span"
        if kind in ("quarter", "half"):
            args["n"] = str(period.first_month // 3 + 1 if kind == "quarter" else period.first_month // 6 + 1)
            args["ordinal"] = self._declined("nth", kind, spec, args["n"]) or self._phrases.fill(
                f"period.nth.{args['n']}", {}, self._plain
            )
        elif kind in ("month", "span", "long_span"):
            names = get_month_names("abbreviated" if spec == "short" else "wide", "stand-alone", self._locale)
            for name, month in (("month", period.first_month), ("last_month", period.last_month)):
                args[name] = self._declined("months", kind, spec, month) or names[month]
        key = f"period.{kind}_{spec}" if spec and f"period.{kind}_{spec}" in self._phrases else f"period.{kind}"
        return self._phrases.fill(key, args, self._plain)

    def _declined(self, what: str, kind: str, spec: str, number: object) -> str:
        """CLDR has no locative and the like: a language that needs them lists its months and ordinals; else empty.

        A kind of period can have forms of its own: `months_in` ("у березні"), `months_long_span_in` ("з березня").
        """
        forms = (f"{what}_{kind}_{spec}", f"{what}_{spec}") if spec else (f"{what}_{kind}",)
        key = next((key for form in forms if (key := f"period.{form}.{number}") in self._phrases), "")
        return self._phrases.fill(key, {}, self._plain) if key else ""

    def day(self, day: Day, spec: str = "") -> str:
        """A date as precise as it is known; `in` as an adverbial."""
        if day.first != day.last:
            ends = {"first": day.first, "last": day.last}
            return self._phrases.fill("date.range_in" if spec == "in" else "date.range", ends, self._date)
        kind = {4: "year", 7: "month", 10: "day"}[len(day.code)]
        key = f"date.{kind}_{spec}" if f"date.{kind}_{spec}" in self._phrases else f"date.{kind}"
        return self._phrases.fill(key, {"date": day.code}, self._date)

    def _plain(self, value: object, spec: str) -> str:
        """A text as it is, in a case where the language has rules for it."""
        return self._phrases.inflection.decline(str(value), spec)

    def _date(self, code: str, spec: str = "") -> str:
        if len(code) == len("2022"):
            return self._plain(code, spec)
        if len(code) == len("2022-01"):
            return self.period(Period.parse(code), spec)
        pattern = self._phrases.fill("date.pattern", {}, self._plain)
        return self._plain(format_date(date.fromisoformat(code), pattern, locale=self._locale), spec)

    def _money(self, value: float, unit: str, step: float, digits: int, *, exact: bool, strip: bool = False) -> str:
        symbol = self._currency(unit, value)
        sign = "−" if value < 0 else ""
        value = abs(value)
        if not exact:
            for scale, name in _SCALES:
                # 999.96 million is a billion once it is rounded.
                if value >= scale * (1 - 0.5 / 10**_DIGITS):
                    number = self._scaled(value / scale, step / scale, digits, strip=strip)
                    symbol = self._currency(unit, scale)
                    return self._phrases.fill(
                        f"number.{name}", {"sign": sign, "symbol": symbol, "value": number}, self._plain
                    )
        whole = self._decimal(value, 0 if float(value).is_integer() else 2)
        return self._phrases.fill("number.money", {"sign": sign, "symbol": symbol, "value": whole}, self._plain)

    def _currency(self, unit: str, amount: float) -> str:
        """The sign of a currency, or its name where the language has one that agrees with the amount."""
        if f"number.symbol.{unit}" in self._phrases:
            count = int(amount) if float(amount).is_integer() else amount
            return self._phrases.fill(f"number.symbol.{unit}", {"n": abs(count)}, self._plain)
        symbol = str(get_currency_symbol(unit, locale=self._locale))
        return {"USD": "$", "EUR": "€", "GBP": "£"}.get(unit, symbol) if len(symbol) > 1 else symbol

    def _scaled(self, value: float, step: float, digits: int, *, strip: bool) -> str:
        # 0.99996 is worded as 1.000: the digits are those of the number once rounded.
        size = math.floor(math.log10(round(value, digits))) if round(value, digits) else 0
        places = max(0, digits - 1 - size)
        if step:
            places = min(places, max(0, round(-math.log10(step))))
        return self._decimal(value, places, strip=strip)

    def _decimal(self, value: float, places: int, *, strip: bool = False) -> str:
        pattern = "#,##0" + ("." + ("#" if strip else "0") * places if places else "")
        text: str = format_decimal(value, pattern, locale=self._locale)
        return text.replace("-", "−")


def _near(one: Quantity, other: Quantity) -> bool:
    return one.value != other.value and abs(one.value - other.value) <= _NEAR * max(abs(one.value), abs(other.value))


def _signed_places(value: float) -> int:
    """Decimals of a change in percent: one, and more where it would look like none."""
    return 1 if not value or abs(value) >= _LEAST_TENTH else math.ceil(-math.log10(abs(value)))


def _places(quantity: Quantity) -> int:
    """Decimals of a percentage or a ratio: those of the source, else as many as the size bears."""
    if quantity.step:
        return max(0, round(-math.log10(quantity.step)))
    size = abs(quantity.value)
    if quantity.unit == "ratio":
        return 1 if size >= 10 else 2
    return 0 if size >= 1000 else 1 if size >= 1 else 2
