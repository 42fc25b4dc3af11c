"""The derived files that are committed beside what they come from, so that a change of the schema shows as a whole."""

from collections.abc import Mapping
from pathlib import Path

from kaysis_graph import files
from kaysis_graph.schema.definitions import Schema
from kaysis_graph.schema.derive import jsonld_context, owl, reference, shacl, skos, typescript

# Only a checkout has a place for them.
_ROOT = files.ONTOLOGY.parent


def derived(schema: Schema) -> Mapping[Path, str]:
    """Each file with the text it must have."""
    return {
        files.ONTOLOGY / "kaysis.owl.ttl": owl.document(schema),
        files.ONTOLOGY / "kaysis.shacl.ttl": shacl.document(schema),
        files.ONTOLOGY / "context.jsonld": jsonld_context.document(schema),
        files.ONTOLOGY / "codes.ttl": skos.document(schema),
        _ROOT / "docs" / "reference.md": reference.page(schema),
        _ROOT / "ui" / "explorer" / "src" / "schema.ts": typescript.types(schema),
    }
