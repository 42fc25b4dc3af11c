"""What the operator says of the catalogue (`publication`), in the terms of DCAT-AP 3.0.1.

Every concept that is named comes with its class and its label, as the shapes of DCAT-AP want them.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kaysis_graph.linked import literals
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.publication import Publication

VCARD = "http://www.w3.org/2006/vcard/ns#"
_DCT, _DCAT, _FOAF = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://xmlns.com/foaf/0.1/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_TAXONOMY = NamedNode(f"{_AUTHORITY}/data-theme")
_TYPE = NamedNode(f"{RDF}type")
# By the Publications Office of the European Union; the Turkish words are ours.
_THEMES: Mapping[str, tuple[str, str]] = {
    "AGRI": ("Tarım, balıkçılık, ormancılık ve gıda", "Agriculture, fisheries, forestry and food"),
    "ECON": ("Ekonomi ve maliye", "Economy and finance"),
    "EDUC": ("Eğitim, kültür ve spor", "Education, culture and sport"),
    "ENER": ("Enerji", "Energy"),
    "ENVI": ("Çevre", "Environment"),
    "GOVE": ("Devlet ve kamu sektörü", "Government and public sector"),
    "HEAL": ("Sağlık", "Health"),
    "INTR": ("Uluslararası konular", "International issues"),
    "JUST": ("Adalet, hukuk düzeni ve kamu güvenliği", "Justice, legal system and public safety"),
    "OP_DATPRO": ("Geçici veri", "Provisional data"),
    "REGI": ("Bölgeler ve şehirler", "Regions and cities"),
    "SOCI": ("Nüfus ve toplum", "Population and society"),
    "TECH": ("Bilim ve teknoloji", "Science and technology"),
    "TRAN": ("Ulaşım", "Transport"),
}
_TAXONOMY_NAME = ("Veri temaları", "Data theme")
_PUBLISHER_TYPES: Mapping[str, tuple[str, str]] = {
    "NationalAuthority": ("Merkezî idare", "National authority"),
    "RegionalAuthority": ("Bölge idaresi", "Regional authority"),
    "LocalAuthority": ("Yerel yönetim", "Local authority"),
    "SupraNationalAuthority": ("Uluslarüstü kuruluş", "Supra-national authority"),
    "StandardisationBody": ("Standart kuruluşu", "Standardisation body"),
    "Academia-ScientificOrganisation": ("Akademik ya da bilimsel kuruluş", "Academia/Scientific organisation"),
    "NonGovernmentalOrganisation": ("Sivil toplum kuruluşu", "Non-governmental organisation"),
    "NonProfitOrganisation": ("Kâr amacı gütmeyen kuruluş", "Non-profit organisation"),
    "Company": ("Şirket", "Company"),
    "IndustryConsortium": ("Sanayi birliği", "Industry consortium"),
    "PrivateIndividual(s)": ("Özel kişi", "Private individual(s)"),
}


def days(said: Publication, subject: NamedNode, modified: str | None) -> Iterator[Triple]:
    """When it was first given out, and when something in it was last changed."""
    if said.issued is not None:
        yield Triple(subject, _dct("issued"), literals.day(said.issued))
    if modified is not None:
        yield Triple(subject, _dct("modified"), literals.moment(modified))


def places(said: Publication, subject: NamedNode) -> Iterator[Triple]:
    """The places that the publication covers."""
    for place in said.spatial:
        named = NamedNode(place if ":" in place else f"{_AUTHORITY}/country/{place}")
        yield Triple(subject, _dct("spatial"), named)
        yield Triple(named, _TYPE, _dct("Location"))


def publisher(iris: Iris) -> Iterator[Triple]:
    """What sort of body the publisher is, and where it is found."""
    said, agent = iris.publication, iris.publisher
    if said.publisher_type is not None:
        sort = NamedNode(f"http://purl.org/adms/publishertype/{said.publisher_type}")
        yield Triple(agent, _dct("type"), sort)
        yield from _concept(sort, _PUBLISHER_TYPES[said.publisher_type])
    if said.publisher_homepage is not None:
        page = NamedNode(said.publisher_homepage)
        yield Triple(agent, NamedNode(f"{_FOAF}homepage"), page)
        yield Triple(page, _TYPE, NamedNode(f"{_FOAF}Document"))
    if said.publisher_email is not None:
        yield Triple(agent, NamedNode(f"{_FOAF}mbox"), NamedNode(f"mailto:{said.publisher_email}"))


def taxonomy(catalogue: NamedNode) -> Iterator[Triple]:
    """The themes that datasets of the catalogue are sorted by."""
    yield Triple(catalogue, _dcat("themeTaxonomy"), _TAXONOMY)
    yield Triple(_TAXONOMY, _TYPE, NamedNode(f"{_SKOS}ConceptScheme"))
    for language, name in zip(LANGUAGES, _TAXONOMY_NAME, strict=True):
        yield Triple(_TAXONOMY, _dct("title"), Literal(name, language=language))


def dataset(iris: Iris, subject: NamedNode) -> Iterator[Triple]:
    """The statements on a dataset: how often it changes, and those that a service has too."""
    frequency = iris.publication.frequency
    if frequency is not None:
        named = NamedNode(f"{_AUTHORITY}/frequency/{frequency}")
        yield Triple(subject, _dct("accrualPeriodicity"), named)
        yield Triple(named, _TYPE, _dct("Frequency"))
    yield from about(iris, subject)


def about(iris: Iris, subject: NamedNode) -> Iterator[Triple]:
    """What it is about, and whom to ask: of a dataset as of a service."""
    said = iris.publication
    for theme in said.themes:
        named = NamedNode(f"{_TAXONOMY.value}/{theme}")
        yield Triple(subject, _dcat("theme"), named)
        yield from _concept(named, _THEMES[theme])
        yield Triple(named, NamedNode(f"{_SKOS}inScheme"), _TAXONOMY)
    for language, words in said.keywords.items():
        for word in words:
            yield Triple(subject, _dcat("keyword"), Literal(word, language=language))
    if said.contact_email is None and said.contact_page is None:
        return
    contact = NamedNode(f"{iris.catalogue.value}#contact")
    yield Triple(subject, _dcat("contactPoint"), contact)
    yield Triple(contact, _TYPE, NamedNode(f"{VCARD}Organization"))
    yield Triple(contact, _TYPE, NamedNode(f"{VCARD}Kind"))
    for language, name in (said.contact or said.publisher).items():
        yield Triple(contact, NamedNode(f"{VCARD}fn"), Literal(name, language=language))
    if said.contact_email is not None:
        yield Triple(contact, NamedNode(f"{VCARD}hasEmail"), NamedNode(f"mailto:{said.contact_email}"))
    if said.contact_page is not None:
        yield Triple(contact, NamedNode(f"{VCARD}hasURL"), NamedNode(said.contact_page))


def _concept(concept: NamedNode, labels: tuple[str, str]) -> Iterator[Triple]:
    yield Triple(concept, _TYPE, NamedNode(f"{_SKOS}Concept"))
    for language, label in zip(LANGUAGES, labels, strict=True):
        yield Triple(concept, NamedNode(f"{_SKOS}prefLabel"), Literal(label, language=language))


def _dct(name: str) -> NamedNode:
    return NamedNode(f"{_DCT}{name}")


def _dcat(name: str) -> NamedNode:
    return NamedNode(f"{_DCAT}{name}")
