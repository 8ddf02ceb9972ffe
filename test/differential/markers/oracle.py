"""Answers range and marker cases, one JSON object a line, with packaging.ranges and nab_markersets."""

import json
import sys

from nab_markersets.markersets import MarkerSet
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet


def text(range_):
    found = range_.to_specifier_set()
    return None if found is None else str(found)


def ranges(case):
    a = SpecifierSet(case["a"], prereleases=True).to_range()
    b = SpecifierSet(case["b"], prereleases=True).to_range()
    both, either, rest = a & b, a | b, ~a
    return {
        "a": [a.contains(version) for version in case["versions"]],
        "both": [both.contains(version) for version in case["versions"]],
        "either": [either.contains(version) for version in case["versions"]],
        "rest": [rest.contains(version) for version in case["versions"]],
        "empty": a.is_empty,
        "disjoint": a.is_disjoint(b),
        "subset": a.is_subset(b),
        "texts": [text(a), text(both), text(either), text(rest)],
    }


def markers(case):
    a, b = MarkerSet.from_marker(case["a"]), MarkerSet.from_marker(case["b"])
    parsed = Marker(case["a"])
    return {
        "empty": a.is_empty(),
        "full": a.is_full(),
        "disjoint": a.is_disjoint(b),
        "subset": a.is_subset(b),
        "superset": b.is_subset(a),
        "equivalent": a.equivalent(b),
        "holds": [parsed.evaluate({**each, "extra": ""}) for each in environments],
    }


environments = json.loads(sys.stdin.readline())
for line in sys.stdin:
    case = json.loads(line)
    answer = ranges(case) if case["kind"] == "ranges" else markers(case)
    print(json.dumps({**case, "answer": answer}, separators=(",", ":")))
