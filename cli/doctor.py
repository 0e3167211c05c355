"""`storytrail doctor`: the invariants, counted."""

import typer

from cli.show import complain, json_lines, table
from cli.start import start_with_database
from storage.invariants import check_all


def run_doctor(*, as_json: bool) -> None:
    run = start_with_database()
    checks = run.database.read(lambda session: check_all(session, run.now()))
    if as_json:
        json_lines({"name": c.name, "promise": c.promise, "checked": c.checked, "breaches": c.breaches,
                    "example": c.example} for c in checks)  # fmt: skip
    else:
        table(
            ("", "promise", "checked", "breaches", "such as"),
            [("ok" if not c.breaches else "BREACH", c.promise, c.checked, c.breaches, c.example) for c in checks],
            empty="",
        )
    run.close()
    broken = [check.name for check in checks if check.breaches]
    if broken:
        complain(f"breached: {', '.join(broken)}")
        raise typer.Exit(1)
