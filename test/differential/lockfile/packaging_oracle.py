"""What `packaging.pylock` reads and selects.

Standard input: one JSON object a line, {"text": the lock, "cases": [{"environment", "tags", "extras", "groups"}]}.
Standard output: one JSON list a line, an answer for each case: a sorted list of [name, file or kind of source],
or {"error": name of the exception}; or one {"invalid": message} where the lock can't be read.
"""

import json
import sys
import tomllib

from packaging.pylock import PackageSdist, PackageWheel, Pylock
from packaging.tags import parse_tag


def answer(lock: Pylock, case: dict) -> object:
    tags = [tag for text in case["tags"] for tag in parse_tag(text)]
    try:
        chosen = list(
            lock.select(
                environment=case["environment"],
                tags=tags,
                extras=case["extras"],
                dependency_groups=case["groups"],
            )
        )
    except Exception as error:
        return {"error": type(error).__name__}
    return sorted(
        [package.name, source.filename if isinstance(source, (PackageSdist, PackageWheel)) else type(source).__name__]
        for package, source in chosen
    )


for line in sys.stdin:
    request = json.loads(line)
    try:
        lock = Pylock.from_dict(tomllib.loads(request["text"]))
    except Exception as error:
        print(json.dumps({"invalid": f"{type(error).__name__}: {error}"}), flush=True)
        continue
    print(json.dumps([answer(lock, case) for case in request["cases"]]), flush=True)
