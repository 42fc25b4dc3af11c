"""The commands that ask: their options, and nothing else. What they do is loaded when they run."""

from typing import Annotated, Literal

import typer

from kaysis_graph.cli import options
from kaysis_graph.cli.options import (
    AsPicture,
    AsProcess,
    AsTable,
    At,
    Depth,
    Kinds,
    Limit,
    Offset,
    Output,
    OutputOptions,
    RecordName,
    Whole,
    fitting_options,
)
from kaysis_graph.cli.terminal import terminal_of


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="words", help="cli.argument_words")],
    kind: Kinds = None,
    where: Annotated[list[str] | None, typer.Option("--where", "-w", metavar="filter", help="cli.option_where")] = None,
    at: At = None,
    format: AsTable = None,  # noqa: A002  # the name of the option
    output: Output = None,
    limit: Limit = None,
) -> None:
    """`cli.search`."""
    from kaysis_graph.cli.answers import records

    records.write_hits(
        terminal_of(context), " ".join(words), kind or [], where or [], OutputOptions(at, format, output, limit)
    )


def show(
    context: typer.Context,
    record: RecordName,
    at: At = None,
    format: Annotated[  # noqa: A002  # the name of the option
        Literal["table", "json"] | None,
        typer.Option("--format", "-f", metavar="form", help="cli.option_record_format"),
    ] = None,
    output: Output = None,
    limit: Limit = None,
) -> None:
    """`cli.show`."""
    from kaysis_graph.cli.answers import records

    records.show(terminal_of(context), record, OutputOptions(at, format, output, limit))


def flows(
    context: typer.Context,
    organisation: Annotated[
        str | None, typer.Option("--organisation", "-g", metavar="record", help="cli.flows_organisation")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="record", help="cli.flows_unit")] = None,
    service: Annotated[str | None, typer.Option("--service", "-s", metavar="record", help="cli.flows_service")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="record", help="cli.flows_from")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="record", help="cli.flows_to")] = None,
    scope: Annotated[
        Literal["both", "inside", "between"] | None, typer.Option("--scope", metavar="scope", help="cli.flows_scope")
    ] = None,
    level: Annotated[
        Literal["unit", "institution", "category"] | None,
        typer.Option("--level", metavar="level", help="cli.flows_level"),
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="record", help="cli.flows_document")
    ] = None,
    with_: Annotated[list[str] | None, typer.Option("--with", metavar="record", help="cli.flows_with")] = None,
    carried_by: Annotated[
        Literal["applicant", "institution", "system", "unknown"] | None,
        typer.Option("--carried-by", metavar="carrier", help="cli.flows_carried_by"),
    ] = None,
    units: Annotated[
        Literal["both", "own", "tied"] | None, typer.Option("--units", metavar="counted", help="cli.flows_units")
    ] = None,
    offices: Annotated[
        Literal["kinds", "each"] | None, typer.Option("--offices", metavar="offices", help="cli.flows_offices")
    ] = None,
    at: At = None,
    format: AsProcess = None,  # noqa: A002  # the name of the option
    output: Output = None,
    limit: Limit = None,
    offset: Offset = 0,
    whole: Whole = False,
) -> None:
    """`cli.flows`."""
    from kaysis_graph.cli.answers import flows
    from kaysis_graph.flows.question import FlowQuestion

    question = FlowQuestion(
        organisation=organisation,
        unit=unit,
        service=service,
        from_=from_,
        to=to,
        scope=scope,
        level=level,
        document=tuple(document or ()),
        with_=tuple(with_ or ()),
        carried_by=carried_by,
        units=units,
        offices=offices,
    )
    flows.write_flows(terminal_of(context), question, OutputOptions(at, format, output, limit, offset, whole))


def legislation(
    context: typer.Context,
    act: Annotated[str | None, typer.Argument(metavar="record", help="cli.legislation_act")] = None,
    part: Annotated[
        options.ActPart | None, typer.Option("--part", "-p", metavar="act_part", help="cli.legislation_part")
    ] = None,
    direction: Annotated[
        Literal["down", "up"] | None,
        typer.Option("--direction", "-d", metavar="direction", help="cli.legislation_direction"),
    ] = None,
    relation: Annotated[
        options.ActRelation | None,
        typer.Option("--relation", "-r", metavar="relation", help="cli.legislation_relation"),
    ] = None,
    depth: Depth = None,
    unfounded: Annotated[
        Literal["all", "any"] | None, typer.Option("--unfounded", metavar="unfounded", help="cli.legislation_unfounded")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", "-k", metavar="kind", help="cli.legislation_kind", autocompletion=options.kinds),
    ] = None,
    institution: Annotated[
        str | None, typer.Option("--institution", "-i", metavar="record", help="cli.impact_institution")
    ] = None,
    words: Annotated[str | None, typer.Option("--words", "-w", metavar="words", help="cli.legislation_words")] = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="act_type", help="cli.legislation_type")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", metavar="record", help="cli.legislation_issuer")] = None,
    base: Annotated[str | None, typer.Option("--base", metavar="record", help="cli.legislation_base")] = None,
    group: Annotated[
        Literal["issuer", "base", "type"] | None,
        typer.Option("--group", "-g", metavar="act_group", help="cli.legislation_group"),
    ] = None,
    sort: Annotated[
        Literal["title", "lost_on", "-lost_on", "lost"] | None,
        typer.Option("--sort", metavar="act_sort", help="cli.legislation_sort"),
    ] = None,
    at: At = None,
    format: AsPicture = None,  # noqa: A002  # the name of the option
    output: Output = None,
    limit: Limit = None,
    offset: Offset = 0,
    whole: Whole = False,
) -> None:
    """`cli.legislation`."""
    from kaysis_graph.cli.answers import legislation
    from kaysis_graph.cli.answers.legislation import LegislationRequest

    said = {
        "direction": direction,
        "relation": relation,
        "depth": depth,
        "kind": kind,
        "institution": institution,
        "words": words,
        "type": type_,
        "issuer": issuer,
        "base": base,
        "group": group,
        "sort": sort,
    }
    request = LegislationRequest(act, part, unfounded, said)
    legislation.write_legislation(
        terminal_of(context), request, OutputOptions(at, format, output, limit, offset, whole)
    )


def services(
    context: typer.Context,
    organisation: Annotated[str | None, typer.Argument(metavar="record", help="cli.services_organisation")] = None,
    units: Annotated[
        Literal["subtree", "self"], typer.Option("--units", "-u", metavar="units", help="cli.services_units")
    ] = "subtree",
    inventory: Annotated[bool, typer.Option("--inventory", help="cli.services_inventory")] = False,
    at: At = None,
    format: AsTable = None,  # noqa: A002  # the name of the option
    output: Output = None,
    limit: Limit = None,
    offset: Offset = 0,
    whole: Whole = False,
) -> None:
    """`cli.services`."""
    from kaysis_graph.cli.answers import services
    from kaysis_graph.services.question import InventoryQuestion, ServiceTableQuestion

    question: InventoryQuestion | ServiceTableQuestion
    if inventory:
        question = InventoryQuestion(organisation=organisation, units=units)
    else:
        question = ServiceTableQuestion(organisation=organisation or "", units=units)
    services.write_services(terminal_of(context), question, OutputOptions(at, format, output, limit, offset, whole))


def service(
    context: typer.Context,
    record: RecordName,
    place: Annotated[str | None, typer.Option("--place", "-p", metavar="record", help="cli.service_place")] = None,
    at: At = None,
    format: AsProcess = None,  # noqa: A002  # the name of the option
    output: Output = None,
) -> None:
    """`cli.service`."""
    from kaysis_graph.cli.answers import services
    from kaysis_graph.services.question import ServiceQuestion

    question = ServiceQuestion(id=record, place=place)
    services.write_service(terminal_of(context), question, OutputOptions(at, format, output))


def impact(
    context: typer.Context,
    record: RecordName,
    kind: Kinds = None,
    institution: Annotated[
        str | None, typer.Option("--institution", "-i", metavar="record", help="cli.impact_institution")
    ] = None,
    words: Annotated[str, typer.Option("--words", "-w", metavar="words", help="cli.impact_words")] = "",
    group: Annotated[
        Literal["institution", "kind", "depth"] | None,
        typer.Option("--group", "-g", metavar="group", help="cli.impact_group"),
    ] = None,
    sort: Annotated[
        Literal["depth", "title"], typer.Option("--sort", metavar="sort", help="cli.impact_sort")
    ] = "depth",
    depth: Depth = None,
    assume: Annotated[
        Literal["repealed", "closed", "no_longer_issued", "ended"] | None,
        typer.Option("--assume", metavar="assume", help="cli.impact_assume"),
    ] = None,
    also: Annotated[list[str] | None, typer.Option("--also", metavar="record", help="cli.impact_also")] = None,
    chain: Annotated[
        Literal["first", "all"], typer.Option("--chain", metavar="chain", help="cli.impact_chain")
    ] = "first",
    at: At = None,
    format: AsPicture = None,  # noqa: A002  # the name of the option
    output: Output = None,
    limit: Limit = None,
    offset: Offset = 0,
    whole: Whole = False,
) -> None:
    """`cli.impact`."""
    from kaysis_graph.cli.answers import assumption, impact
    from kaysis_graph.impact.question import ImpactQuestion
    from kaysis_graph.impact.what_if_question import WhatIfQuestion

    asked = OutputOptions(at, format, output, limit, offset, whole)
    if assume is not None:
        supposed = WhatIfQuestion(record=(record, *(also or ())), chain=chain)
        assumption.write_what_if(terminal_of(context), supposed, assume, asked)
        return
    with fitting_options():
        question = ImpactQuestion(
            id=record,
            kinds=tuple(kind or ()),
            institution=institution,
            words=words or None,
            group=group,
            sort=sort,
            depth=depth,
        )
    impact.write_impact(terminal_of(context), question, asked)


def path(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="record", help="cli.path_source")],
    target: Annotated[str, typer.Argument(metavar="record", help="cli.path_target")],
    count: Annotated[int, typer.Option("--count", "-c", metavar="number", min=1, max=20, help="cli.path_count")] = 1,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            "--relation", "-r", metavar="edge_type", help="cli.path_relation", autocompletion=options.edge_types
        ),
    ] = None,
    through: Annotated[
        list[str] | None,
        typer.Option("--through", "-t", metavar="kind", help="cli.path_through", autocompletion=options.kinds),
    ] = None,
    avoid: Annotated[list[str] | None, typer.Option("--avoid", "-a", metavar="record", help="cli.path_avoid")] = None,
    direction: Annotated[
        Literal["any", "impact"], typer.Option("--direction", "-d", metavar="ways", help="cli.path_direction")
    ] = "any",
    longest: Annotated[int | None, typer.Option("--longest", metavar="number", min=1, help="cli.path_longest")] = None,
    at: At = None,
    format: AsPicture = None,  # noqa: A002  # the name of the option
    output: Output = None,
    whole: Whole = False,
) -> None:
    """`cli.path`."""
    from kaysis_graph.cli.answers import paths
    from kaysis_graph.paths.question import PathQuestion

    asked = OutputOptions(at, format, output, whole=whole)
    with fitting_options():
        question = PathQuestion(
            from_=source,
            to=target,
            count=count,
            types=tuple(relation or ()),
            through=tuple(through or ()),
            avoid=tuple(avoid or ()),
            direction=direction,
            longest=longest,
        )
    paths.write_paths(terminal_of(context), question, asked)


def explore(
    context: typer.Context,
    acts: Annotated[list[str], typer.Argument(metavar="act", help="cli.explore_acts")],
    ever: Annotated[bool, typer.Option("--ever", help="cli.explore_ever")] = False,
    hide: Annotated[list[str] | None, typer.Option("--hide", metavar="record", help="cli.explore_hide")] = None,
    kind: Kinds = None,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            "--relation", "-r", metavar="edge_type", help="cli.explore_relation", autocompletion=options.edge_types
        ),
    ] = None,
    institution: Annotated[
        str | None, typer.Option("--institution", "-i", metavar="record", help="cli.explore_institution")
    ] = None,
    at: At = None,
    format: AsPicture = None,  # noqa: A002  # the name of the option
    output: Output = None,
    whole: Whole = False,
) -> None:
    """`cli.explore`."""
    from kaysis_graph.cli.answers import explorer
    from kaysis_graph.explorer.question import ExplorerQuestion

    question = ExplorerQuestion(
        act=tuple(acts),
        ever=ever,
        hide=tuple(hide or ()),
        kinds=tuple(kind or ()),
        types=tuple(relation or ()),
        institution=institution,
    )
    explorer.write_explored(terminal_of(context), question, OutputOptions(at, format, output, whole=whole))


def tree(
    context: typer.Context,
    organisation: Annotated[str | None, typer.Argument(metavar="record", help="cli.tree_organisation")] = None,
    up: Annotated[bool, typer.Option("--up", help="cli.tree_up")] = False,
    around: Annotated[bool, typer.Option("--around", help="cli.tree_around")] = False,
    ever: Annotated[bool, typer.Option("--ever", help="cli.tree_ever")] = False,
    from_: Annotated[str | None, typer.Option("--from", metavar="date", help="cli.tree_from")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="date", help="cli.tree_to")] = None,
    days: Annotated[bool, typer.Option("--days", help="cli.tree_days")] = False,
    depth: Depth = None,
    at: At = None,
    format: AsPicture = None,  # noqa: A002  # the name of the option
    output: Output = None,
    limit: Limit = None,
    offset: Offset = 0,
    whole: Whole = False,
) -> None:
    """`cli.tree`."""
    from kaysis_graph.cli.answers import organisations

    said = organisations.TreeRequest(organisation, up, around, ever, days, from_, to, depth)
    organisations.write_tree(terminal_of(context), said, OutputOptions(at, format, output, limit, offset, whole))
