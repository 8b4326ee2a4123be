"""What claims say, as overviews need it: each proposition with the claims that state or deny it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import RDF, RR
from ruiran_ld.serialization import is_iri
from ruiran_ld.site.evidence import is_mistaken, origins
from ruiran_ld.site.marks import MISTAKEN
from ruiran_ld.site.view import View

_PARTS: Final = tuple(f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))


class Account(NamedTuple):
    """A claim about a proposition.

    Attributes:
        claim: IRI of the claim.
        status: IRI of its epistemic status; of ``marks.MISTAKEN`` if the curator knows the claim to be wrong.
        realis: IRI of the standing that it gives to what it states.
        document: IRI of the document that it was read from.
        speakers: IRIs of those whose claim it is.
        origins: IRIs of those on whom it rests in the end.
        denies: whether it denies the proposition.
        vouches: whether it is put in a way that establishes, for just what that way of putting it stands for: an
            assertion that something is only planned does not vouch for the thing.
    """

    claim: str
    status: str
    realis: str
    document: str
    speakers: tuple[str, ...]
    origins: tuple[str, ...]
    denies: bool
    vouches: bool


class Proposition(NamedTuple):
    """What claims state or deny: IRIs of subject and predicate, the object as a term, and the claims, at least one."""

    subject: str
    predicate: str
    object: str
    accounts: Sequence[Account]

    @property
    def standing(self) -> str:
        """``vouched`` for by some claim, only ``claimed``, or only ``denied``."""
        if any(account.vouches for account in self.accounts):
            return "vouched"
        return "denied" if all(account.denies for account in self.accounts) else "claimed"


def propositions(view: View) -> list[Proposition]:
    """List all that claims state or deny, in the order of subject, predicate and object."""
    behind: dict[tuple[str, str, str], list[Account]] = defaultdict(list)
    for claim in view.instances(f"{RR}Claim"):
        for denies, predicate in ((False, f"{RR}states"), (True, f"{RR}denies")):
            for statement in view.objects(claim, predicate):
                behind[_triple(view, statement)].append(_account(view, claim, denies=denies))
    return [Proposition(*triple, behind[triple]) for triple in sorted(behind)]


def links(view: View) -> Iterator[Proposition]:
    """List the propositions that link one entity with another."""
    entities = frozenset(view.instances(f"{RR}Entity"))
    for each in propositions(view):
        if each.subject in entities and is_iri(each.object) and each.object[1:-1] in entities:
            yield each._replace(object=each.object[1:-1])


def _triple(view: View, statement: str) -> tuple[str, str, str]:
    facts = view.graph.subjects[f"<{statement}>"]
    subject, predicate, object_ = (facts[part][0] for part in _PARTS)
    return subject[1:-1], predicate[1:-1], object_


def _account(view: View, claim: str, *, denies: bool) -> Account:
    def one(name: str) -> str:
        return next(iter(view.objects(claim, RR + name)), "")

    status, realis = one("epistemicStatus"), one("claimedRealis")
    known = next((each for each in view.vocabulary.statuses.values() if each.iri == status), None)
    is_wrong = is_mistaken(view, claim)
    vouches = known is not None and known.establishes and known.realis == realis and not (denies or is_wrong)
    speakers = tuple(view.objects(claim, f"{RR}attributedTo"))
    shown = MISTAKEN.link.iri if is_wrong else status
    return Account(claim, shown, realis, one("document"), speakers, tuple(origins(view, claim)), denies, vouches)
