import { isPrerelease, tryParseVersion, type Version } from '@pyplan/markers';

/** One clause of a specifier set, read from its text alone. */
export interface Clause {
  readonly operator: string;
  readonly version: string;
}

/** `>=1.0,<2` as its clauses. */
export function clausesOf(specifierText: string): readonly Clause[] {
  return specifierText
    .split(',')
    .map((part) => /^\s*(~=|===?|!=|<=|>=|<|>)\s*(.*?)\s*$/.exec(part))
    .flatMap((match) => (match === null ? [] : [{ operator: match[1] ?? '', version: match[2] ?? '' }]));
}

/** The version that a set of exactly one `==` or `===` clause without a wildcard pins. */
export function pinnedVersion(specifierText: string): Version | null {
  const [only, ...more] = clausesOf(specifierText);
  if (only === undefined || more.length > 0) return null;
  if (!['==', '==='].includes(only.operator) || only.version.endsWith('.*')) return null;
  return tryParseVersion(only.version);
}

/** Whether a clause other than `!=` names a pre-release, which then is asked for. */
export function namesPrerelease(specifierText: string): boolean {
  return clausesOf(specifierText).some(({ operator, version }) => {
    if (operator === '!=' || version.endsWith('.*')) return false;
    const parsed = tryParseVersion(version);
    return parsed !== null && isPrerelease(parsed);
  });
}
