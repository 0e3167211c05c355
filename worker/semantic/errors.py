"""What can go wrong with sentence vectors."""


class SemanticError(RuntimeError):
    """The extra `semantic` is installed, but broken. The text says what to do."""
