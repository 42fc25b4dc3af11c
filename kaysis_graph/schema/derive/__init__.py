"""What follows from the schema: one pure function for each derived thing, text in a fixed order, no clock."""
