import {
  formatMarker,
  formatRequirement,
  formatSpecifierSet,
  InvalidRequirementError,
  parseRequirement,
} from '@pyplan/markers';
import { attempt, difference, firstDifference, verdictFault } from './difference.ts';

interface RequirementVector {
  readonly input: string;
  readonly valid: boolean;
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly url: string | null;
  readonly marker: string | null;
  readonly str: string;
}

export function checkRequirement(vector: RequirementVector): string | null {
  const { input, valid } = vector;
  const parsed = attempt(() => parseRequirement(input), InvalidRequirementError);
  const verdict = verdictFault(input, parsed.error, valid);
  if (verdict !== null || parsed.value === null) return verdict;
  const { name, extras, specifier, url, marker } = parsed.value;
  const of = (what: string): string => `${what} of ${JSON.stringify(input)}`;
  return firstDifference([
    difference(of('name'), name, vector.name),
    difference(of('extras'), [...new Set(extras)].sort(), vector.extras),
    difference(of('specifier'), formatSpecifierSet(specifier), vector.specifier),
    difference(of('url'), url, vector.url),
    difference(of('marker'), marker === null ? null : formatMarker(marker), vector.marker),
    difference(of('text'), formatRequirement(parsed.value), vector.str),
  ]);
}
