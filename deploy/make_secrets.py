"""Makes the files that docker-compose.yml reads as secrets: `python deploy/make_secrets.py FOLDER`.

What is there already stays as it is. Needs Python alone, so that it runs before anything is installed.

The folder is for its owner only, and its files may be read by all: Compose lays them into the containers with the
permissions they have here, and there they are read by accounts that do not exist on this machine.
"""

import secrets
import sys
from pathlib import Path

ENVIRONMENT = """\
# Settings (see .env.example) and the variables that config/topics.yaml names, such as DESK_URL; NAME=value a line.
# Addresses, passwords and the token are not set here: docker-compose.yml gives them as secrets.
"""


def make_secrets(folder: Path) -> list[Path]:
    """Make what is missing, and return it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    made: list[Path] = []

    def keep(name: str, value: str) -> str:
        """The secret of this name: the one that is there, else `value`, which is now kept."""
        path = folder / name
        if not path.exists():
            path.write_text(value)
            path.chmod(0o644)
            made.append(path)
        return path.read_text().strip()

    postgres = keep("postgres_password", secrets.token_urlsafe(32))
    redis = keep("redis_password", secrets.token_urlsafe(32))
    keep("database_url", f"postgresql://storytrail:{postgres}@postgres:5432/storytrail")
    keep("broker_url", f"redis://:{redis}@redis:6379/0")
    keep("admin_token", secrets.token_urlsafe(32))
    keep("storytrail.env", ENVIRONMENT)
    return made


if __name__ == "__main__":
    for made_path in make_secrets(Path(sys.argv[1])):
        sys.stdout.write(f"made {made_path}\n")
