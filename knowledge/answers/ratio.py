"""How many times: one figure over another, with the bounds that rounding leaves, beside the sources' own words."""

from __future__ import annotations

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Known, as_worded, find, sources_of
from knowledge.answers.gaps import ask_level, country, declined, no_figure, product
from knowledge.answers.pairs import Pair, pair
from knowledge.facts import Source
from knowledge.question import Question
from knowledge.reconcile import in_order

_OTHERS = 2


def answer(question: Question, view: View) -> Answer:
    """The ratio from the figures; from the sources' own words where a figure is missing."""
    found = pair(question, view)
    if isinstance(found, Answer):
        return found
    if len(question.periods) > 2:
        return declined(question.kind, say("gap.what"))
    words = _published(view, found)
    if found.now is None or found.base is None or found.base.quantity.value <= 0:
        if words is None:
            missing = found.span.period if found.now is None else found.span.period.year_earlier()
            return no_figure(view, question, found.flow, missing)
        return _as_published(question, view, found, words)
    now, base = found.now, found.base
    times = now.quantity.ratio(base.quantity)
    sources: list[Source] = [*now.sources(view)[:3], *base.sources(view)[:2]]
    flow = now.flow
    figures = [
        Figure(
            times, "ratio", tuple(dict.fromkeys(sources)), flow.exporter, flow.partner, flow.product, now.period,
            derived=True, formula=f"{now.quantity.value / 1e6:,.1f} ÷ {base.quantity.value / 1e6:,.1f}",
        ),
        now.figure(view),
        base.figure(view),
    ]  # fmt: skip
    wide = times.spread > 0.002
    details: list[Phrase] = [
        say("ratio.sum" if wide else "ratio.sum_exact", now=now.quantity, base=base.quantity, times=times)
    ]
    for reports in [words.reports, *(voice.reports for voice in words.others)][:_OTHERS] if words else []:
        report = as_worded(reports)
        details.append(say("ratio.words", times=report.quantity, source=view.store.source(report.source_id)))
        sources += sources_of(view, (report,))
        figures.append(Known(flow, now.period, "ratio", report.quantity, report.attributed_to, (report,)).figure(view))
    growth = find(view, flow, now.period, "growth_yoy") if found.over_time else None
    if growth and base.period == now.period.year_earlier() and now.flow.partner != "WLD":
        details.append(
            say("ratio.growth", growth=growth.quantity, source=view.store.source(growth.reports[0].source_id))
        )
        sources += sources_of(view, growth.reports[:1])
    args: dict[str, Arg] = {
        "times": times, "product": product(flow.product), "exporter": country(flow.exporter), "period": now.period,
        "base": base.period, "other": product(base.flow.product), "partner": country(flow.partner),
        "other_partner": country(base.flow.partner), "now": now.quantity, "was": base.quantity,
    }  # fmt: skip
    if found.over_time:
        key = "ratio.over_time" if flow.partner == "WLD" else "ratio.over_time_partner"
    else:
        key = "ratio.products" if flow.product != base.flow.product else "ratio.partners"
    return Answer(
        Status.ANSWERED, question.kind, (say(key, **args),), tuple(details), figures=tuple(figures),
        sources=in_order(sources), taken_over=found.said,
        suggestions=(ask_level(flow, now.period), ask_level(base.flow, base.period)),
    )  # fmt: skip


def _published(view: View, found: Pair) -> Known | None:
    base = found.base.period if found.base else found.span.period.year_earlier()
    if not found.over_time or base != found.span.period.year_earlier():
        return None
    return find(view, found.flow, found.span.period, "ratio_yoy")


def _as_published(question: Question, view: View, found: Pair, words: Known) -> Answer:
    args: dict[str, Arg] = {
        "times": words.quantity, "product": product(found.flow.product), "partner": country(found.flow.partner),
        "period": words.period, "base": words.period.year_earlier(), "exporter": country(found.flow.exporter),
    }  # fmt: skip
    key = "ratio.over_time" if found.flow.partner == "WLD" else "ratio.over_time_partner"
    figures = [words.figure(view)]
    details: list[Phrase] = []
    if found.now:
        details.append(say("change.level", value=found.now.quantity))
        figures.append(found.now.figure(view))
    details.append(say("ratio.no_base", period=words.period.year_earlier()))
    return Answer(
        Status.ANSWERED, question.kind, (say(key, **args),), tuple(details), figures=tuple(figures),
        sources=words.sources(view), taken_over=found.said,
    )  # fmt: skip
