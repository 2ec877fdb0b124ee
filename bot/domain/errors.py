"""What a person can put right."""


class RuleBroken(Exception):
    """Something that the person can put right; `str(error)` is a sentence shown to them as it stands.

    `field` names the field of the form that it belongs to, or is None when it concerns the whole.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
