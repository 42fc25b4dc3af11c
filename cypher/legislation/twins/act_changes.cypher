// What amended or repealed an act or provision, or any provision it ever had, by a day, with the day it took effect.
// It stays done when the act that did it ends; which of them have an effect: effects.
// takes: id, at
// gives: source, type, target, on
// begins: facts/twins/effects
MATCH (start:Record {id: $id})<-[:PART_OF*0..]-(part)
WITH effects, collect(DISTINCT part) AS parts
UNWIND [effect IN effects WHERE effect.target IN parts AND (effect.first IS NULL OR effect.first <= $at)
          AND (effect.change.valid_to IS NULL OR $at < effect.change.valid_to)] AS effect
WITH effect.change AS change, effect.target AS target, effect.first AS first
RETURN startNode(change).id AS source, type(change) AS type, target.id AS target, toString(first) AS on
