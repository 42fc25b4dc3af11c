"""Rules over several records, asked of the whole graph: what each rule says, what breaks it, and where to look.

A rule that is a walk is asked of the projection; one that needs what only the engine holds is a statement in
`cypher/quality/`. What one record may say by itself is checked when it is saved (`records/checks.py`).
"""
