import type { Requirement } from '@pyplan/markers';
import type { Origin, ResolveOptions, RootRequirement } from '@pyplan/resolver';

/** Options under which the case files were made, but for what a case itself says. */
export const conformanceOptions: ResolveOptions = {
  mode: 'highest',
  prerelease: 'if-necessary-or-explicit',
  prereleasePackages: new Map(),
  excludeNewer: null,
  excludeNewerPackages: new Map(),
  excludes: new Set(),
  onlyBinary: new Set(),
  noBinary: new Set(),
  preferences: new Map(),
  maxSteps: 4_000_000,
};

const argument: Origin = { source: 'argument', line: null, column: null };

/** A requirement of a case, which stands in no file unless told. */
export function rootRequirement(requirement: Requirement, origin: Origin = argument): RootRequirement {
  return { requirement, origin };
}
