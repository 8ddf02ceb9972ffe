"""Answers cases of ranges, markers and texts, one JSON object a line, with packaging and nab_markersets."""

import json
import sys

from nab_markersets.markersets import MarkerSet
from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version


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


def texts(case):
    """The normal form of a text as each of four things; null where it is none, "?" where packaging itself fails."""
    answers = {}
    for name, parse in (("version", Version), ("specifiers", SpecifierSet), ("requirement", Requirement), ("marker", Marker)):
        try:
            answers[name] = str(parse(case["text"]))
        except (InvalidVersion, InvalidSpecifier, InvalidRequirement, InvalidMarker):
            answers[name] = None
        except Exception:
            answers[name] = "?"
    return answers


answerers = {"ranges": ranges, "markers": markers, "texts": texts}
environments = json.loads(sys.stdin.readline())
for line in sys.stdin:
    case = json.loads(line)
    answer = answerers[case["kind"]](case)
    print(json.dumps({**case, "answer": answer}, separators=(",", ":")))
