import {
  filterVersions,
  formatSpecifierSet,
  InvalidSpecifierError,
  isEmptyRange,
  parseSpecifierSet,
  rangeContains,
  rangeOf,
  type SpecifierSet,
  specifierSetContains,
  specifierSetPrereleases,
  tryParseVersion,
} from '@pyplan/markers';
import { attempt, difference, firstDifference, verdictFault } from './difference.ts';

interface SpecifierVector {
  readonly spec: string;
  readonly valid: boolean;
  readonly str: string;
  readonly prereleases: boolean | null;
  readonly cases: readonly (readonly [version: string, prereleases: boolean | null, contains: boolean])[];
  readonly filter: {
    readonly input: readonly string[];
    readonly prereleases: boolean | null;
    readonly output: readonly string[];
  };
}

export function checkSpecifier(vector: SpecifierVector): string | null {
  const parsed = attempt(() => parseSpecifierSet(vector.spec), InvalidSpecifierError);
  const verdict = verdictFault(vector.spec, parsed.error, vector.valid);
  if (verdict !== null || parsed.value === null) return verdict;
  return firstDifference(differences(parsed.value, vector));
}

function* differences(set: SpecifierSet, vector: SpecifierVector): Generator<string | null> {
  const { spec, filter } = vector;
  yield difference(`text of ${spec}`, formatSpecifierSet(set), vector.str);
  yield difference(
    `prereleases of ${spec}`,
    specifierSetPrereleases(set) ?? false,
    vector.prereleases ?? false,
  );
  const range = rangeOf(set);
  for (const [version, prereleases, contains] of vector.cases) {
    const what = `"${version}" in "${spec}" (prereleases ${prereleases})`;
    yield difference(what, specifierSetContains(set, version, { prereleases }), contains);
    const parsed = tryParseVersion(version);
    // `===` compares texts: a version, which has its normal form only, may differ from the text given.
    if (parsed === null || (spec.includes('===') && parsed.text !== version)) continue;
    yield difference(what, specifierSetContains(set, parsed, { prereleases }), contains);
    // The exact range holds what the set admits when pre-releases count.
    const inRange = rangeContains(range, parsed);
    yield difference(
      `${what}, as a range,`,
      inRange,
      specifierSetContains(set, parsed, { prereleases: true }),
    );
    if (inRange && isEmptyRange(range)) yield `the range of ${spec} calls itself empty but holds ${version}`;
  }
  const output = filterVersions(set, filter.input, { prereleases: filter.prereleases });
  yield difference(
    `${spec} filtering [${filter.input}] (prereleases ${filter.prereleases})`,
    output,
    filter.output,
  );
}
