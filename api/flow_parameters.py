"""The question of an address about data flows."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from kaysis_graph.flows.question import FlowRequest
from ui.pages.reader import listed

# One of these is asked about at a time: an example at each would be a question that is refused.


async def given(  # noqa: PLR0913  # the parameters of the address
    organisation: Annotated[str | None, Query(description="A DETSİS number.", examples=["99001009"])] = None,
    unit: Annotated[str | None, Query(description="A DETSİS number.")] = None,
    service: Annotated[str | None, Query(description="A HEYS number.")] = None,
    sender: Annotated[
        str | None, Query(alias="from", description="The institution that hands over; with `to`.")
    ] = None,
    receiver: Annotated[
        str | None, Query(alias="to", description="The institution that receives; with `from`.")
    ] = None,
    scope: Annotated[
        Literal["inside", "between", "both"] | None,
        Query(description="With `organisation`: inside it, with others, or both (when left out)."),
    ] = None,
    level: Annotated[
        Literal["unit", "institution", "category"] | None,
        Query(description="What arrows join: units near what was asked about, institutions, or their categories."),
    ] = None,
    document: Annotated[
        str | None, Query(description="Only these documents or data: numbers with commas between.")
    ] = None,
    counterpart: Annotated[
        str | None, Query(alias="with", description="Only with these institutions: numbers with commas between.")
    ] = None,
    carried_by: Annotated[
        Literal["applicant", "institution", "system", "unknown"] | None,
        Query(description="Only what is carried like this today."),
    ] = None,
    units: Annotated[
        Literal["own", "tied", "both"] | None,
        Query(
            description="With `organisation`, or `from` and `to`: the units that belong to it, the offices tied to it "
            "by a further tie and housed elsewhere, or both (when left out)."
        ),
    ] = None,
    offices: Annotated[
        Literal["kinds", "each"] | None,
        Query(description="Tied offices as one end for each kind of office (when left out), or each by itself."),
    ] = None,
) -> FlowRequest:
    """What the address says.

    Asynchronous, because it does nothing that waits: a thread for it would cost more than the work.
    """
    return FlowRequest(
        organisation,
        unit,
        service,
        sender,
        receiver,
        scope,
        level,
        tuple(listed(document)),
        tuple(listed(counterpart)),
        carried_by,
        units,
        offices,
    )


GivenFlows = Annotated[FlowRequest, Depends(given)]
