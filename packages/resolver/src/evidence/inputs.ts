import type { PackageSelection, ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { EvidenceInputs, EvidenceLine } from './document.ts';

/** Files that a line with `--hash` allows. */
export interface HashLine {
  /** Normalised. */
  readonly name: string;
  /** `algorithm:hex`. */
  readonly allowed: ReadonlySet<string>;
}

type Asked = Pick<ResolveRequest, 'requirements' | 'constraints' | 'overrides' | 'options'>;

/** What was asked for; of the preferences those of the projects told of. */
export function evidenceInputs(
  { requirements, constraints, overrides, options }: Asked,
  hashes: readonly HashLine[],
  projects: ReadonlySet<string>,
): EvidenceInputs {
  const preferred = [...options.preferences].filter(([name]) => projects.has(name));
  return {
    requirements: requirements.map(lineOf),
    constraints: constraints.map(lineOf),
    overrides: overrides.map(lineOf),
    prerelease: options.prerelease,
    excludeNewer: options.excludeNewer === null ? null : new Date(options.excludeNewer).toISOString(),
    onlyBinary: selectionOf(options.onlyBinary),
    noBinary: selectionOf(options.noBinary),
    preferences: Object.fromEntries(
      preferred
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, versions]) => [name, typeof versions === 'string' ? [versions] : [...versions]]),
    ),
    hashes: hashes.map(({ name, allowed }) => ({ name, allowed: [...allowed].sort() })),
  };
}

function lineOf({ requirement, origin }: RootRequirement): EvidenceLine {
  const { source, line, column } = origin;
  return { text: withoutCredentials(requirement.text), source, line, column };
}

function selectionOf(selection: PackageSelection): 'all' | readonly string[] {
  return selection === 'all' ? 'all' : [...selection].sort();
}

/** A text with the credentials taken out of its URLs. */
export function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^/@\s]*@/g, '://');
}
