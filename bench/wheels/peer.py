"""The peers of the wheels bench, timed from inside: one JSON request on standard input, one JSON answer.

{"filenames": [...], "tags": [...], "metadata": [...], "runs": n} -> medians in milliseconds.
"""

import email.parser
import json
import statistics
import sys
import time

from packaging.metadata import Metadata, parse_email
from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, parse_wheel_filename


def timed(act, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def best_wheels(filenames, tags):
    """The file name of the best wheel of each version, as an installer chooses it."""
    ranks = {tag: rank for rank, tag in enumerate(tags)}
    best = {}
    for filename in filenames:
        try:
            _, version, build, wheel_tags = parse_wheel_filename(filename)
        except InvalidWheelFilename:
            continue
        rank = min((ranks[tag] for tag in wheel_tags if tag in ranks), default=None)
        if rank is None:
            continue
        key = (-rank, build)
        if version not in best or key > best[version][0]:
            best[version] = (key, filename)
    return {str(version): filename for version, (_, filename) in best.items()}


def validated(text):
    try:
        Metadata.from_email(text)
    except Exception:  # noqa: BLE001 (an invalid file is an answer too)
        pass


request = json.load(sys.stdin)
tags = [Tag(*tag.split("-")) for tag in request["tags"]]
texts = request["metadata"]
parser = email.parser.Parser()
runs = request["runs"]
answer = {
    "best": {page: best_wheels(files, tags) for page, files in request["filenames"].items()},
    "pages": {page: timed(lambda: best_wheels(files, tags), runs) for page, files in request["filenames"].items()},
    "email": timed(lambda: [parser.parsestr(text) for text in texts], runs),
    "parse_email": timed(lambda: [parse_email(text) for text in texts], runs),
    "from_email": timed(lambda: [validated(text) for text in texts], runs),
}
json.dump(answer, sys.stdout)
