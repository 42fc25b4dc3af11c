"""The rows of legislation: acts with their bases, repeals and amendments, and the articles that are recorded."""

from collections.abc import Iterator
from typing import Final

from kaysis_graph.generation import words
from kaysis_graph.generation.act_layout import (
    BOARD_DECISIONS,
    CHAIN,
    CHAINED,
    CIRCULARS,
    COMMUNIQUES,
    DECREE,
    DIRECTIVES,
    LAW,
    PRINCIPLES,
    RARE,
    REGULATIONS,
    ROUND,
    UNIVERSITY_REGULATIONS,
    ActLayout,
)
from kaysis_graph.generation.chance import Chance
from kaysis_graph.generation.days import written_day
from kaysis_graph.generation.organisations import Organisations
from kaysis_graph.generation.unit_layout import UnitLayout

ACT_COLUMNS: Final = (
    "kimlik", "ad", "tür", "sayı", "kabul", "gazete günü", "gazete sayısı", "yürürlük", "bitiş", "çıkaran", "konu",
)  # fmt: skip
RELATION_COLUMNS: Final = ("mevzuat", "ilişki", "hedef", "gün", "değişiklik", "madde", "kısmen")
PROVISION_COLUMNS: Final = ("kimlik", "ad", "tür", "yer", "sıra", "metin", "içinde", "başlangıç", "bitiş")
UNIVERSITY_LAW: Final = 1
"""The law on which the regulations of all universities rest: the act with the most directly above it."""
_KINDS_OF_CHANGE: Final = ("amends", "amends", "amends", "adds", "repeals_provision", "renames")
_FORMS: Final = {
    **dict.fromkeys(CHAINED, "Programının Uygulanmasına İlişkin Karar"),
    **dict.fromkeys(REGULATIONS, "Yönetmeliği"),
    **dict.fromkeys(UNIVERSITY_REGULATIONS, "Eğitim ve Sınav Yönetmeliği"),
    **dict.fromkeys(COMMUNIQUES, "Tebliği"),
    **dict.fromkeys(CIRCULARS, "Genelgesi"),
    **dict.fromkeys(DIRECTIVES, "Yönergesi"),
    **dict.fromkeys(PRINCIPLES, "Usul ve Esasları"),
    **dict.fromkeys(BOARD_DECISIONS, "Kurul Kararı"),
}
# Every fifth article has paragraphs of its own.
_WITH_PARAGRAPHS, _PARAGRAPHS = 5, 2


class Acts:
    """The legislation of a state of a size and seed, row by row."""

    def __init__(self, seed: int, acts: ActLayout, units: UnitLayout, organisations: Organisations) -> None:
        """The layouts and the organisations are those of one size."""
        self._seed, self._acts, self._units, self._organisations = seed, acts, units, organisations

    def act_rows(self) -> Iterator[tuple[object, ...]]:
        """One row for each act, under `ACT_COLUMNS`."""
        acts = self._acts
        for act in range(acts.count):
            gazette = acts.gazette_number(act)
            day = written_day(acts.day(act))
            yield (
                acts.identifier(act), self.act_title(act), acts.type_of(act).code, acts.number(act),
                acts.adopted_on(act), "" if gazette is None else day, "" if gazette is None else gazette, day,
                acts.end(act),
                self._units.identifier(*self.issuer(act)), words.SUBJECTS[act // ROUND % len(words.SUBJECTS)],
            )  # fmt: skip

    def relation_rows(self) -> Iterator[tuple[object, ...]]:
        """What acts rest on, repeal and amend, under `RELATION_COLUMNS`."""
        chance = Chance(self._seed, "relations")
        for act in range(1, self._acts.count):
            identifier, day = self._acts.identifier(act), written_day(self._acts.day(act))
            for basis in dict.fromkeys(self._bases(act, chance)):
                yield identifier, "BASED_ON", basis, day, "", "", ""
            repealed = self._acts.repeals(act)
            if repealed is not None:
                yield identifier, "REPEALS", self._acts.identifier(repealed), day, "", "m.30", ""
            for target, kind in self._amended(act, chance).items():
                yield identifier, "AMENDS", target, day, kind, f"m.{chance.between(1, 30)}", ""
            if act % ROUND == LAW and chance.happens(0.1):
                partly = self._acts.in_force(self._acts.law(1 + chance.skewed(act // ROUND)), act)
                if partly < act:
                    yield identifier, "REPEALS", self._acts.article(partly, chance.below(60)), day, "", "m.29", "evet"

    def provision_rows(self) -> Iterator[tuple[object, ...]]:
        """The recorded articles and their paragraphs, under `PROVISION_COLUMNS`."""
        for act in range(self._acts.count):
            count = self._acts.article_count(act)
            if not count:
                continue
            identifier = self._acts.identifier(act)
            day, end = written_day(self._acts.day(act)), self._acts.end(act)
            name = f"{self._acts.number(act)} sayılı {'Kanun' if act % ROUND == LAW else 'Kararname'}"
            about = words.SUBJECTS[act // ROUND % len(words.SUBJECTS)]
            for number in range(1, count + 1):
                article, place = f"{identifier}.m{number}", f"m.{number}"
                matter = words.MATTERS[(act + number) % len(words.MATTERS)]
                text = f"{about} alanında {matter} işleri bu maddeye göre yürütülür (uydurma metin)."
                yield article, f"{name} {place}", "article", place, number, text, identifier, day, end
                if number % _WITH_PARAGRAPHS == 0:
                    for paragraph in range(1, _PARAGRAPHS + 1):
                        where = f"{place}/{paragraph}"
                        yield (
                            f"{article}.f{paragraph}", f"{name} {where}", "paragraph", where, paragraph, "", article,
                            day, end,
                        )  # fmt: skip

    def issuer(self, act: int) -> tuple[str, int]:
        """Who issues the act: what repeals another is issued by the same."""
        first = act
        while (earlier := self._acts.repeals(first)) is not None:
            first = earlier
        turn, sort = divmod(first, ROUND)
        if sort == LAW:
            return "parliament", 0
        if sort in CHAINED or sort in {DECREE, RARE}:
            return "presidency", 0
        if sort in UNIVERSITY_REGULATIONS:
            return "university", (turn * len(UNIVERSITY_REGULATIONS) + sort) % self._units.count("university")
        if sort in DIRECTIVES or sort in PRINCIPLES:
            return self._units.institution(turn * 21 + sort)
        return "ministry", (turn + sort) % self._units.count("ministry")

    def act_title(self, act: int) -> str:
        """The name of the act; no two have the same."""
        turn, sort = divmod(act, ROUND)
        if act == 0:
            return "Uydurma Anayasa"
        if sort == LAW:
            return f"{words.subject(turn)} Kanunu"
        if sort in {DECREE, RARE}:
            code = self._acts.type_of(act).prefix
            form = {
                "khk": "İşleri Hakkında Kanun Hükmünde Kararname",
                "cbk": "İşleri Hakkında Cumhurbaşkanlığı Kararnamesi",
                "tuzuk": "Tüzüğü",
                "andlasma": "Alanında İş Birliği Andlaşması",
            }[code]
            return f"{words.subject(turn)} {form}"
        if sort in CHAINED:
            return f"{self._acts.number(act)} sayılı {words.subject(turn)} {_FORMS[sort]}"
        if sort in REGULATIONS or sort in COMMUNIQUES:
            return f"{words.subject(turn * 4 + sort % 4)} {_FORMS[sort]}"
        issuer = self._organisations.unit_title(*self.issuer(act))
        return f"{issuer} {words.subject(turn)} {_FORMS[sort]} ({self._acts.number(act)})"

    def basis(self, chance: Chance, when: int) -> str:
        """What something rests on when this act is the newest: a law by a power law, mostly an article of it."""
        law = self._law(chance, when)
        return self._acts.article(law, chance.below(60)) if chance.happens(0.7) else self._acts.identifier(law)

    def _law(self, chance: Chance, when: int) -> int:
        """A law that was in force when this act came; the oldest carry the most."""
        return self._acts.in_force(self._acts.law(1 + chance.skewed(max(1, when // ROUND - 1))), when)

    def _bases(self, act: int, chance: Chance) -> Iterator[str]:
        sort = act % ROUND
        if sort == LAW:
            if chance.happens(0.1):
                yield self._acts.article(0, chance.below(60))
            return
        if sort in CHAINED:
            place = act // ROUND * len(CHAINED) + sort - CHAINED.start
            if place % CHAIN and place:
                turn, spot = divmod(place - 1, len(CHAINED))
                yield self._acts.identifier(turn * ROUND + CHAINED.start + spot)
                return
        if sort in UNIVERSITY_REGULATIONS and act > ROUND:
            yield self._acts.identifier(self._acts.law(UNIVERSITY_LAW))
        elif act < 2 * ROUND:
            yield self._acts.article(0, chance.below(60))
        elif sort in DIRECTIVES or sort in PRINCIPLES or sort in COMMUNIQUES or sort in CIRCULARS:
            yield from self._secondary_bases(act, chance)
        else:
            yield self.basis(chance, act)
            if chance.happens(0.5):
                yield self.basis(chance, act)

    def _secondary_bases(self, act: int, chance: Chance) -> Iterator[str]:
        sort = act % ROUND
        yield self.basis(chance, act)
        for share in (0.9, 0.6, 0.4):
            if not chance.happens(share):
                continue
            turn = act // ROUND - 1 - chance.skewed(act // ROUND - 1)
            above = DIRECTIVES if sort in PRINCIPLES and chance.happens(0.5) else REGULATIONS
            found = self._acts.in_force(turn * ROUND + above.start + chance.below(len(above)), act)
            if 0 < found < act:
                yield self._acts.identifier(found)

    def _amended(self, act: int, chance: Chance) -> dict[str, str]:
        """What the act changes, with how: laws and decrees change many articles of the laws that much rests on."""
        sort, turn = act % ROUND, act // ROUND
        found: dict[str, str] = {}
        if turn < 2:  # noqa: PLR2004  # there is nothing yet to be changed
            return found
        if sort in {LAW, DECREE}:
            if chance.happens(0.6):
                for _ in range(chance.between(1, 50)):
                    law = self._law(chance, act)
                    if law < act:
                        found[self._acts.article(law, chance.below(60))] = chance.one_of(_KINDS_OF_CHANGE)
        elif chance.happens(0.35) and sort not in CHAINED:
            other = self._acts.in_force((turn - 1 - chance.skewed(turn - 1)) * ROUND + sort, act)
            if 0 < other < act and self._acts.repeals(act) != other:
                found[self._acts.identifier(other)] = "amends"
        return found
