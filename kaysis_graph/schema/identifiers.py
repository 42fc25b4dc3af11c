"""The one form of an identifier, however it was written; whoever takes one in from outside asks here."""

import re
import unicodedata

from kaysis_graph import text
from kaysis_graph.schema.definitions import Schema

# Most identifiers are written as they should be, and millions are looked at.
_LIKELY = re.compile(r"[!-_a-~]+")
_ZEROS = re.compile(r"(?<=[^0-9])0+(?=[0-9])")
_ONE_DIGIT = re.compile(r"(?<=[^0-9])([0-9])$")
_OTHER_DIGIT = re.compile(r"[^\W\D0-9]")


def canonical_identifier(schema: Schema, written: str) -> str:
    """The identifier that is meant: composed letters (NFC), nothing unseen, usual hyphens and digits, no idle zeros.

    Zeros in front of a number say nothing where the number may have any length: `heys-00123` is `heys-123`, and
    `kanun-5018.m09` is `kanun-5018.m9`. They belong to it where its length is fixed: the eight digits of a DETSİS
    number stay as they are, and `il-6` is `il-06`. What fits no kind comes back without unseen signs, else as it was.
    """
    if _LIKELY.fullmatch(written) and not _ZEROS.search(written) and not _ONE_DIGIT.search(written):
        return written
    plain = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text.plain(written))
    bare = _ZEROS.sub("", plain)
    forms = (bare, _ONE_DIGIT.sub(r"0\1", bare), plain)
    return next((form for form in forms if schema.kind_of(form) is not None), plain)
