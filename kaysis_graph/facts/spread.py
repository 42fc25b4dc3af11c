"""The edges along which a change spreads: from what is needed to what needs it."""

from kaysis_graph.graph.walks import Step

# From a record to those that need it. Only the last goes along its edge: a document needs the service it comes from.
SPREAD_STEPS: tuple[Step, ...] = (
    Step("BASED_ON", "into"),
    Step("PART_OF", "into"),
    Step("PROVIDED_BY", "into"),
    Step("REQUIRES", "into"),
    Step("CONTAINS", "into"),
    Step("CARRIES", "into"),
    Step("ISSUED_BY", "into"),
    Step("USES", "into"),
    Step("RUNS_ON", "into"),
    Step("OPERATED_BY", "into"),
    Step("SENT_BY", "into"),
    Step("SENT_TO", "into"),
    Step("AT", "into"),
    Step("HOLDS", "into"),
    Step("LOCATED_IN", "into"),
    Step("PRODUCES", "out"),
)
