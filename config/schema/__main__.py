"""`python -m config.schema` writes the schemas and `.env.example` anew."""

from config.schema import written_files

for path, content in written_files().items():
    path.write_text(content, encoding="utf-8")
