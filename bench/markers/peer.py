"""The same loops as ours.ts, over packaging. Prints nanoseconds per operation as JSON."""

import json
import sys
import time

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version


def median(rounds, operations, run):
    for _ in range(max(1, rounds // 4)):
        run()
    times = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        run()
        times.append((time.perf_counter_ns() - start) / operations)
    return sorted(times)[rounds // 2]


with open(sys.argv[1], encoding="utf-8") as file:
    inputs = json.load(file)
versions, specifiers = inputs["versions"], inputs["specifiers"]
requirements, environments = inputs["requirements"], inputs["environments"]
rounds = max(3, inputs["rounds"] // 4)
parsed = [Version(text) for text in versions]
sets = [SpecifierSet(text) for text in specifiers]
markers = [Marker(text) for text in inputs["markers"]]


def parse():
    for text in versions:
        Version(text)


def compare():
    for a, b in zip(parsed, parsed[1:]):
        a < b


def sort():
    sorted(parsed)


def parse_specifiers():
    for text in specifiers:
        SpecifierSet(text)


def contains():
    for each in sets:
        for version in parsed:
            each.contains(version)


def requirement():
    for text in requirements:
        Requirement(text)


def evaluate():
    for marker in markers:
        for environment in environments:
            marker.evaluate(environment)


print(
    json.dumps(
        {
            "parse version": median(rounds, len(versions), parse),
            "compare versions": median(rounds, len(parsed) - 1, compare),
            "sort 3,000 versions": median(rounds, 1, sort),
            "parse specifiers": median(rounds, len(specifiers), parse_specifiers),
            "contains": median(rounds, len(parsed) * len(sets), contains),
            "parse requirement": median(rounds, len(requirements), requirement),
            "evaluate marker": median(rounds, len(markers) * len(environments), evaluate),
        }
    )
)
