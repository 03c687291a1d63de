"""How printing stands, in one line for the strip: what comes out now, how many wait, which printer wants what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from client.ports.papers import PAPER_WORDS, PaperKind, Undrawn
from client.ports.readiness import Condition, Readiness
from client.text import clauses, labelled, sentences, tr

_WORST = (Condition.FAILED, Condition.ATTENTION)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a printer has to do: kinds it prints now, None for one of an earlier opening; and how many others wait."""

    printing: tuple[PaperKind | None, ...] = ()
    waiting: int = 0


def stands(printers: Mapping[str, Readiness], work: Collection[Standing]) -> Readiness:
    """`printers` by their names, the window's own under none; of the others what is wrong is said."""
    known = {name: each for name, each in printers.items() if each.condition is not Condition.UNSET}
    if not known:
        return next(iter(printers.values()))
    worst = next((state for state in _WORST if state in {each.condition for each in known.values()}), Condition.READY)
    wrong = {name: each for name, each in known.items() if each.condition is worst} if worst in _WORST else {}
    said = [labelled(name, each.words) if name else each.words for name, each in wrong.items()]
    told = clauses([*said, *_work(work)])
    return Readiness(
        worst,
        told or next(iter(known.values())).words,
        sentences(dict.fromkeys(each.advice for each in wrong.values() if each.advice)),
    )


def with_undrawn(found: Readiness, undrawn: Collection[Undrawn]) -> Readiness:
    """The same where papers could not be drawn: they wait, and somebody must hear of it."""
    if not undrawn:
        return found
    error = next(iter(undrawn)).error
    said = tr("{count} 份文书没有生成：{why}").format(count=len(undrawn), why=error.title)
    is_wrong = found.condition in _WORST
    return Readiness(
        found.condition if found.condition is Condition.FAILED else Condition.ATTENTION,
        clauses([said, found.words] if is_wrong else [said]),
        sentences([error.advice, found.advice] if is_wrong and found.advice else [error.advice]),
    )


def _work(work: Iterable[Standing]) -> list[str]:
    printing = [kind for each in work for kind in each.printing]
    waiting = sum(each.waiting for each in work)
    told = []
    if len(printing) == 1 and printing[0] is not None:
        told.append(tr("正在打印{kind}").format(kind=PAPER_WORDS[printing[0]]))
    elif printing:
        told.append(tr("正在打印 {count} 份").format(count=len(printing)))
    if waiting:
        told.append(tr("{count} 份等候").format(count=waiting))
    return told
