"""Citations as people write them: an act with one of its articles, paragraphs or clauses.

`5018 sayılı Kanunun 9 uncu maddesinin birinci fıkrası`, `Anayasa madde 74`, `2521 md. 9`, `7201 7/a`, `657 geçici 3`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaysis_graph import text

# Places stand in identifiers as m9, ek1, gecici3, mukerrer5; what people write for each, folded.
_SORTS = (("gecici", r"gec(?:ici)?"), ("mukerrer", r"muk(?:errer)?"), ("ek", "ek"))
_SORT = r"(?:(?P<sort>ek|gec(?:ici)?|muk(?:errer)?)\b\.?\s*)?"
_ARTICLE = r"(?:madde|mad|md|m)\b\.?\s*"
_NUMBER = r"(?P<number>\d{1,4})(?:\s*[/-]\s*(?P<letter>[a-z])\b|(?P<joined>[a-hj-z])\b)?"
_ORDINAL = r"(?:\s*\.|\s*(?:inci|nci|uncu|ncu)\b)?"
_REST = r"(?P<rest>.*)$"
_ACT = r"^(?P<act>.*?)[\s,/]*"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # m.9, md. 9, geçici madde 3
        rf"{_ACT}(?<!\w){_SORT}{_ARTICLE}{_NUMBER}{_ORDINAL}{_REST}",
        # 9 uncu maddesi, geçici 3. madde
        rf"{_ACT}(?<!\w){_SORT}{_NUMBER}{_ORDINAL}\s*madde\w*{_REST}",
        # 657 geçici 3, 5018 ek 1
        rf"{_ACT}(?<!\w)(?P<sort>ek|gec(?:ici)?|muk(?:errer)?)\b\.?\s*{_NUMBER}{_ORDINAL}{_REST}",
        # 7201 7/a, 5018/9
        rf"^(?P<act>\d{{1,5}})\s*[\s/]\s*(?P<sort>){_NUMBER}{_ORDINAL}(?P<rest>)$",
        # 5018 sayılı Kanun 9
        rf"^(?P<act>.*\b(?:kanun|anayasa|khk|cbk|yonetmelik|tuzuk)\w*)\s+(?P<sort>){_NUMBER}{_ORDINAL}(?P<rest>)$",
    )
)
_COUNTED = (
    "birinci",
    "ikinci",
    "ucuncu",
    "dorduncu",
    "besinci",
    "altinci",
    "yedinci",
    "sekizinci",
    "dokuzuncu",
    "onuncu",
)
_PARAGRAPH = re.compile(
    rf"\b(?P<word>{'|'.join(_COUNTED)})\s+fikra|\b(?P<number>\d+){_ORDINAL}\s*fikra|\bf(?:ikra)?\b\.?\s*(?P<after>\d+)"
    r"|^\s*[/(]\s*(?P<bare>\d+)"
)
_CLAUSE = re.compile(r"\(?\b(?P<before>[a-z])\b\)?\s*bend|\bb(?:ent)?\b\.?\s*(?P<after>[a-z])\b")
# After an apostrophe stands a case ending: 5018'in, Kanun'un.
_ENDING = re.compile(r"(?<=\w)['’`´ʼ]\w*")
_WRITTEN = re.compile(r"([a-z]+)(\d+)-?([a-z]?)")
_ACT_NUMBER = re.compile(r"\d+(?:[/-]\d+)*")
# A number alone tells no type; these words do, and leave the others out. Longer ones first.
_TYPES = (
    ("kanun hukmunde kararname", "khk"), ("khk", "khk"), ("cumhurbaskanligi kararname", "cbk"), ("cbk", "cbk"),
    ("anayasa", "anayasa"), ("yonetmelik", "yonetmelik"), ("yonetmelig", "yonetmelik"), ("tuzuk", "tuzuk"),
    ("tuzug", "tuzuk"), ("teblig", "teblig"), ("kanun", "kanun"),
)  # fmt: skip
# What the types of acts are called at the beginning of identifiers; asked for where no word says which is meant.
_ALL_TYPES = (
    "kanun", "khk", "cbk", "anayasa", "yonetmelik", "bkk", "tuzuk", "teblig", "cbyonetmelik", "cbkarari", "genelge",
    "cbgenelge", "yonerge",
)  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """A place in an act: `act` as it was said, empty where none was, and the places it may have in identifiers.

    `places` begin with the one that is meant most exactly: `m9.f1`, then `m9`.
    """

    act: str
    places: tuple[str, ...]

    @property
    def place(self) -> str:
        """The article as it is written: `m.9`, `geçici m.3`."""
        sort, number, letter = _WRITTEN.match(self.article).groups()  # type: ignore[union-attr]  # made here
        said = {"m": "m.", "ek": "ek m.", "gecici": "geçici m.", "mukerrer": "mükerrer m."}[sort]
        return f"{said}{number}{f'/{text.upper(letter)}' if letter else ''}"

    @property
    def article(self) -> str:
        """The article within identifiers: `m9`, `gecici3`."""
        return next(place for place in self.places if "." not in place)

    @property
    def number(self) -> str:
        """The number of the act as identifiers write it; empty where it is called by its name."""
        found = _ACT_NUMBER.search(text.fold(self.act))
        return "" if found is None else found[0].replace("/", "-")

    @property
    def acts(self) -> tuple[str, ...]:
        """The identifiers that the act may have, told from its number; none where it is called by its name."""
        if not self.number:
            return ()
        folded = text.fold(self.act)
        said = next((kind for words, kind in _TYPES if words in folded), None)
        return tuple(f"{kind}-{self.number}" for kind in ((said,) if said else _ALL_TYPES))

    @property
    def names(self) -> tuple[str, ...]:
        """What the act may be called: as it was said, and without its case ending: "Kanununun" is of "Kanunu"."""
        said = self.act.strip(" ,.")
        return tuple(dict.fromkeys(name for name in (said, said[:-2], said[:-3]) if len(name) > 1))

    def identifiers(self, acts: Sequence[str]) -> list[str]:
        """The places in each of the acts, the most exact of each first."""
        return [f"{act}.{place}" for act in acts for place in self.places]


def read_citation(said: str) -> Citation | None:
    """The citation that a text is as a whole; None when it is none."""
    folded = " ".join(text.fold(_ENDING.sub("", said)).split())
    for form in _FORMS:
        if found := form.match(folded):
            # An act is cited by its name or number, not by any words that happen to stand before a number.
            return Citation(_as_said(said, found["act"]), tuple(_places(found)))
    return None


def read_place(said: str) -> str:
    """The place of an article within identifiers, as people write it: `Geçici Madde 3` is `gecici3`."""
    found = read_citation(said) or read_citation(f"m.{said}")
    return found.article if found else text.fold(said)


def _places(found: re.Match[str]) -> list[str]:
    sort = next((name for name, said in _SORTS if re.fullmatch(said, found["sort"] or "")), "m")
    letter = found["letter"] or found["joined"]
    article = f"{sort}{int(found['number'])}"
    article = f"{article}-{letter}" if letter else article
    paragraph, clause = _PARAGRAPH.search(found["rest"]), _CLAUSE.search(found["rest"])
    deeper = article
    if paragraph:
        number = paragraph["number"] or paragraph["after"] or paragraph["bare"]
        deeper += f".f{_COUNTED.index(paragraph['word']) + 1 if paragraph['word'] else int(number)}"
    if clause:
        deeper += f".b{clause['before'] or clause['after']}"
    # "7/a" may be article 7/a or clause a of article 7.
    either = [f"{sort}{int(found['number'])}.b{letter}"] if letter else []
    return list(dict.fromkeys([deeper, article, *either]))


def _as_said(said: str, folded_act: str) -> str:
    """The act in the letters it was said in: names are told apart by more than their folded words."""
    words = _ENDING.sub("", said).split()[: len(folded_act.split())]
    whole = " ".join(words)
    # "5018/9" is one word of which the act is a part.
    return (whole if text.fold(whole) == folded_act else folded_act).strip(" ,/")
