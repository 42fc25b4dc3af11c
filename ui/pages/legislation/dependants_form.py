"""The form that narrows what rests on an act."""

from kaysis_graph.legislation import dependants
from ui.pages.answer_parts import day_kept
from ui.pages.frame import Frame
from ui.pages.page_parts import Form, Input, Option


def dependants_form(frame: Frame, told: dependants.Resting, kind: str, institution: str) -> Form:
    """The form that narrows what rests on an act: by kind and by institution."""
    assert frame.schema is not None, "an act has one"
    known = [(frame.schema.kinds[name], count) for name, count in told.kinds.items()]
    kinds = (
        Option("", frame.say("all")),
        *(Option(held.slug, f"{held.plural.of(frame.language)} ({frame.number(count)})") for held, count in known),
    )
    institutions = (
        Option("", frame.say("all")),
        *(
            Option(
                share.institution.id if share.institution else dependants.NOBODY,
                f"{share.institution.full_name(frame.language) if share.institution else frame.say('nobody')}"
                f" ({frame.number(share.count)})",
            )
            for share in told.institutions
        ),
    )
    inputs = (
        Input("kind", frame.say("kind"), kind, "select", kinds),
        Input("institution", frame.say("institution"), institution, "select", institutions),
        *day_kept(frame),
    )
    return Form("resting", f"/legislation/{told.start.id}/resting", inputs, frame.say("narrow"), frame.say("narrow"))
