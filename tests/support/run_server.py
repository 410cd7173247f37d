"""Run the server as `academy serve` does, with options as JSON; say on one line when it answers."""

import json
import logging
import sys
from pathlib import Path

from academy.data import DataFolder
from academy.errors import AcademyError
from academy.server import ServeOptions, serve


def main() -> int:
    options = json.loads(sys.argv[1])
    logging.basicConfig(level=logging.INFO)
    options["data"] = DataFolder.open(options["data"])
    for name in ("notebooks", "template", "assets"):
        if name in options:
            options[name] = Path(options[name])
    try:
        serve(ServeOptions(**options, on_ready=lambda url: print(json.dumps({"url": url}), flush=True)))
    except AcademyError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
