"""`luoshu sentences`: every Chinese sentence the product can print, to be read over."""

from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from domain.sentences import catalogue, say

app = frame("sentences")


@app.default
def sentences(
    *, find: Annotated[str, Parameter(help=say("help.find"))] = "", json: Json = False
) -> None:
    """The catalogue, the lines of every template and the words of every programme."""
    rows = [row for row in every() if find in row["text"] or find in row["key"]]
    show(rows, json)


def every() -> list[dict[str, str]]:
    """All of them by where they stand."""
    from documents.text import TEMPLATES as DOCUMENTS
    from notifications.message import TEMPLATES as MESSAGES
    from programmes import load
    from settings import Settings

    rows = [{"key": key, "text": text} for key, text in catalogue().items()]
    for folder in (MESSAGES, DOCUMENTS):
        for file in sorted(folder.glob("*.j2")):
            lines = file.read_text("utf-8").splitlines()
            rows += [
                {"key": f"{file.name}:{number}", "text": line}
                for number, line in enumerate(lines, start=1)
                if any("\u4e00" <= letter <= "\u9fff" for letter in line)
            ]
    for slug in load.available(Settings().programmes):
        for form in load.load(slug, Settings().programmes).programme.forms:
            rows += [{"key": f"{slug}.{form.code}.{f.code}", "text": f.label} for f in form.fields]
    return rows
