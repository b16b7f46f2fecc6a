"""SIPRI's trade register as rows of deals: both shapes, doubt in its place, and files that mean harm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import RefusedError
from knowledge.folder import DATA
from knowledge.gathered import Facts
from knowledge.importers import sipri
from knowledge.importers.parsed import DealRow, Parsed
from knowledge.load import facts_of

TODAY = date(2026, 11, 23)
PREAMBLE = (
    "Transfers of major conventional arms from {seller}  to {buyer} . "
    "Deals with deliveries made for the year range '{first}' to '{last}' \n"
    "A '?' in a column indicates uncertain data.\n"
    "\n"
    "Source: SIPRI Arms Transfers Database (c) SIPRI.\n"
    "Data generated: 13 Mar 2025 10:02:49 AM\n"
)
WHOLE = PREAMBLE.format(seller="All countries", buyer="All countries", first="Not specified", last="Not specified")
CLASSIC = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"
)
NEWER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,"
    "Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production\n"
)
REAL = Path(__file__).parents[3] / "shared" / "data" / "sipri-trade-register-2025-03.csv"


@pytest.fixture(scope="module")
def known() -> Facts:
    """The shipped reference tables."""
    return facts_of(DATA)


def taken(tmp_path: Path, known: Facts, text: str | bytes) -> tuple[Parsed, list[DealRow]]:
    """What the importer makes of a text."""
    file = tmp_path / "register.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("latin-1"))
    parsed = sipri.read(file, known, TODAY)
    return parsed, list(parsed.deals)


def test_doubt_stays_with_the_cell_before_it(tmp_path: Path, known: Facts) -> None:
    """Each unnamed column speaks of the field to its left, and of no other."""
    rows = (
        "Poland,Ruritania,1987,?,3,,Zwerg-2A4,tank,3,,1987; 1989;,New,,8.5,25.5,25.5\n"
        "Poland,Germany,1988,,40,?,Zwerg-2A4,tank,20,,1988,Second hand,,0.3,12,6\n"
        "Poland,Germany,1989,,40,,Zwerg-2A4,tank,20,?,1990,Second hand but modernized,Aid,0.3,12,6\n"
    )
    _, (one, two, three) = taken(tmp_path, known, WHOLE + CLASSIC + rows)
    assert (one.order_year_doubt, one.ordered_doubt, one.delivered_doubt) == ("?", "", "")
    assert (two.order_year_doubt, two.ordered_doubt, two.delivered_doubt) == ("", "?", "")
    assert (three.order_year_doubt, three.ordered_doubt, three.delivered_doubt) == ("", "", "?")
    assert one.delivery_years == "1987|1989"
    assert (one.supplier, one.supplier_name, two.supplier) == ("", "Ruritania", "DEU")
    assert [row.status for row in (one, two, three)] == ["new", "second-hand", "second-hand-modernized"]


def test_the_day_of_the_file_dates_the_edition(tmp_path: Path, known: Facts) -> None:
    """The site writes when it made the file; without that the day of the import stands."""
    row = "Poland,Germany,1988,,40,,Zwerg,tank,20,,1988,New,,0.3,12,6\n"
    parsed, _ = taken(tmp_path, known, WHOLE + CLASSIC + row)
    assert [source.source_id for source in parsed.sources] == ["sipri-2025-03-13"]
    assert [register.covers for register in parsed.registers] == ["all"]
    parsed, _ = taken(tmp_path, known, CLASSIC + row)
    (source,) = parsed.sources
    assert source.published == "2026-11-23"
    assert "not said to be whole" in source.title


@pytest.mark.parametrize(
    ("scope", "covers", "said"),
    [
        ({"seller": "Germany"}, "", "from Germany to All countries only"),
        ({"first": "2015", "last": "2024"}, "2015/2024", "deliveries from 2015 to 2024 only"),
        ({"first": "2015"}, "2015/2026", "deliveries from 2015 to 2026 only"),
    ],
)
def test_a_part_is_said_to_be_one(tmp_path: Path, known: Facts, scope: dict[str, str], covers: str, said: str) -> None:
    """A part of the register takes nothing back, and its source says what it is a part of."""
    all_of_it = {"seller": "All countries", "buyer": "All countries", "first": "Not specified", "last": "Not specified"}
    row = "Poland,Germany,1988,,40,,Zwerg,tank,20,,1988,New,,0.3,12,6\n"
    parsed, _ = taken(tmp_path, known, PREAMBLE.format(**all_of_it | scope) + CLASSIC + row)
    assert [register.covers for register in parsed.registers] == [covers]
    assert said in next(iter(parsed.sources)).title


def test_a_comment_with_a_line_break_does_not_break_the_row(tmp_path: Path, known: Facts) -> None:
    """SIPRI quotes nothing: some comments spread their row over two lines. The next row is left alone."""
    rows = (
        "Poland,Germany,1988,,40,,Zwerg,tank,20,,1988,New,First half\r\n,0.3,12,6\n"
        "Poland,Germany,1989,,41,,Zwerg,tank,20,,1990,New,\n"
        "Poland,Germany,1990,,42,,Zwerg,tank,20,,1990,New,,0.3,12,6\n"
    )
    parsed, deals = taken(tmp_path, known, WHOLE + CLASSIC + rows)
    assert [(deal.order_year, deal.ordered, deal.tiv_delivered) for deal in deals] == [
        ("1988", "40", "6"), ("1990", "42", "6"),
    ]  # fmt: skip
    assert [(found.row, found.message) for found in parsed.refused] == [(9, "the row has 13 cells, the header 16")]


def test_the_newer_shape_puts_a_deal_together(tmp_path: Path, known: Facts) -> None:
    """One row for each year of delivery, semicolons at the ends of lines, a byte-order mark in front."""
    rows = (
        "7,Germany,Poland,Zwerg-2A4,tank,Armoured vehicles,2016,No,4,No,2017,No,New,6.5,4.29,17.16,No;\n"
        "8,Germany,Poland,Riese,tank,Armoured vehicles,2016,No,1,No,2017,No,New,1,1,1,Yes;\n"
        "7,Germany,Poland,Zwerg-2A4,tank,Armoured vehicles,2016,No,27,Yes,2018,,New,6.5,4.29,115.83,No;\n"
        "7,Germany,Poland,Zwerg-2A4,tank,Armoured vehicles,2016,No,3,No,2020,Yes,New,6.5,4.29,12.87,No;\n"
    )
    text = WHOLE + NEWER.replace("\n", ";\n") + rows
    parsed, deals = taken(tmp_path, known, b"\xef\xbb\xbf" + text.encode())
    big, small = sorted(deals, key=lambda deal: deal.designation)
    assert (small.delivered, small.delivered_doubt, small.tiv_delivered) == ("34", "?", "145.86")
    assert (small.delivery_years, small.delivery_years_doubt) == ("2017:4|2018:27?|2020?:3", "?")
    assert (small.ordered, small.order_year_doubt, small.category) == ("", "", "Armoured vehicles")
    assert (big.local_production, small.local_production) == ("yes", "")
    assert "This export gives no numbers ordered, only deliveries." in parsed.notes


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize(("head", "row"), [
    (CLASSIC, "Türkiye,Germany,1988,,40,?,Kiliç,missile boat,20,,1988,New,,0.3,12,6\n"),
    (NEWER, "7,Germany,Türkiye,Kiliç,missile boat,Ships,1988,No,20,No,1988,No,New,No,6.5,4.29,No\n"),
])  # fmt: skip
def test_both_shapes_in_any_encoding(tmp_path: Path, known: Facts, encoding: str, head: str, row: str) -> None:
    """With a byte-order mark or without, in Latin-1 or UTF-8."""
    _, (deal,) = taken(tmp_path, known, (WHOLE + head + row).encode(encoding))
    assert (deal.recipient, deal.designation, deal.delivered) == ("TUR", "Kiliç", "20")


def test_semicolons_can_part_the_cells(tmp_path: Path, known: Facts) -> None:
    """The oldest machine-readable shape: the newer columns under older names, parted by semicolons."""
    head = NEWER.replace("SIPRI AT Database ID,Supplier,Recipient", "Deal ID,Seller,Buyer").replace(",", ";")
    row = "7;Germany;Soviet Union;Zwerg-2A4;tank;Armoured vehicles;2016;No;4;No;2017;No;New;6.5;4.29;17.16;No;\n"
    _, (deal,) = taken(tmp_path, known, "SIPRI Transfers Database\n\n" + head + row)
    assert (deal.supplier, deal.recipient, deal.recipient_name) == ("DEU", "", "Soviet Union")


def test_ids_last_from_edition_to_edition(tmp_path: Path, known: Facts) -> None:
    """Deals that look alike keep their ids when the site lists them in another order."""
    rows = [
        "Poland,Germany,1988,,40,,Zwerg,tank,20,,1988,New,,0.3,12,6\n",
        "Poland,Germany,1988,,50,,Zwerg,tank,20,,1988,New,,0.3,12,6\n",
    ]
    _, first = taken(tmp_path, known, WHOLE + CLASSIC + "".join(rows))
    _, second = taken(tmp_path, known, WHOLE + CLASSIC + "".join(reversed(rows)))
    assert {(deal.deal_id, deal.ordered) for deal in first} == {(deal.deal_id, deal.ordered) for deal in second}
    assert len({deal.deal_id for deal in first}) == 2


def test_bad_rows_are_told_and_left_out(tmp_path: Path, known: Facts) -> None:
    """A cell that cannot be read costs its own row, with the place and the reason."""
    good = "Poland,Germany,1988,,40,,Zwerg,tank,20,,1988,New,,0.3,12,6\n" * 5
    bad = (
        "Poland,Germany,19x8,,40,,Zwerg,tank,20,,1988,New,,0.3,12,6\n"
        "Poland,Germany,1988,,many,,Zwerg,tank,20,,1988,New,,0.3,12,6\n"
        "Poland,Germany,1988,,40,,Zwerg,tank,20,,0088,New,,0.3,12,6\n"
        "Poland,,1988,,40,,Zwerg,tank,20,,1988,New,,0.3,12,6\n"
        "Poland,Germany,1988,,40,,Zwerg,tank,20,,1988,New,a,b,0.3,12,6\n"
    )
    parsed, deals = taken(tmp_path, known, WHOLE + CLASSIC + good + bad)
    assert len(deals) == 5
    assert [(found.row, found.column) for found in parsed.refused] == [
        (12, "Year of order"), (13, "Number ordered"), (14, "Year(s) of delivery"), (15, "Supplier"), (16, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("<!doctype html><html>nothing here</html>", "no SIPRI trade register"),
        (WHOLE, "no SIPRI trade register"),
        (WHOLE + CLASSIC, "holds no deal"),
        (WHOLE + CLASSIC.replace("Number delivered", "Parcels"), "no column 'number delivered'"),
        (WHOLE + CLASSIC.replace("Year(s) of delivery", "When"), "no column 'year(s) of delivery'"),
        (WHOLE + CLASSIC.replace("Weapon description", "Weapon designation"), "no SIPRI trade register"),
        (WHOLE + CLASSIC + "x\0y\n", "NUL byte"),
        (WHOLE + CLASSIC + "x" * 70_000 + "\n", "longer than 65,536 bytes"),
        (WHOLE + CLASSIC + "one,two\n" * 50, "holds no deal"),
        (WHOLE + CLASSIC + "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p\n" * 3, "holds no deal"),
        (WHOLE.encode("utf-16"), "NUL byte"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, known: Facts, text: str | bytes, said: str) -> None:
    """One line that says what is wrong, whatever the file is."""
    with pytest.raises(RefusedError, match=r"register\.csv") as refused:
        taken(tmp_path, known, text)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.skipif(not REAL.exists(), reason="the real register is not part of the product")
def test_the_real_register_is_read_whole(known: Facts) -> None:
    """Every deal of the real file, the four with broken comments too, and not one row refused."""
    parsed = sipri.read(REAL, known, TODAY)
    deals = list(parsed.deals)
    assert len(deals) == len({deal.deal_id for deal in deals}) == 29515
    assert not parsed.refused
    assert {deal.supplier_name for deal in deals if not deal.supplier} >= {"Soviet Union", "Czechoslovakia"}
    assert "Germany" not in {deal.supplier_name for deal in deals if not deal.supplier}
