"""When: the timetable, what is due, and the reconciler that finds what got stuck."""
