import { uploadBound } from '../candidate/upload-limit.ts';
import type { PackageSelection, ResolveRequest, UploadLimit } from '../request.ts';
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
  const { scopedExcludes = [] } = options;
  const preferences = new Map([...options.preferences].filter(([name]) => projects.has(name)));
  return {
    requirements: requirements.map(lineOf),
    constraints: constraints.map(lineOf),
    overrides: overrides.map((root) => ({
      ...lineOf(root),
      ...(root.scope === undefined ? {} : { scope: root.scope }),
    })),
    prerelease: options.prerelease,
    prereleasePackages: byName(options.prereleasePackages, (mode) => mode),
    excludeNewer: timeOf(options.excludeNewer),
    excludeNewerPackages: byName(options.excludeNewerPackages, timeOf),
    excludes: [...options.excludes].sort(),
    ...(scopedExcludes.length === 0 ? {} : { scopedExcludes }),
    onlyBinary: selectionOf(options.onlyBinary),
    noBinary: selectionOf(options.noBinary),
    preferences: byName(preferences, (versions) =>
      typeof versions === 'string' ? [versions] : [...versions],
    ),
    hashes: hashes.map(({ name, allowed }) => ({ name, allowed: [...allowed].sort() })),
  };
}

function lineOf({ requirement, origin }: RootRequirement): EvidenceLine {
  const { source, line, column } = origin;
  return { text: withoutCredentials(requirement.text), source, line, column };
}

/** The moment before which a file must have been uploaded. */
function timeOf(limit: UploadLimit | null): string | null {
  return limit === null ? null : new Date(uploadBound(limit)).toISOString();
}

function byName<T, U>(map: ReadonlyMap<string, T>, tell: (value: T) => U): Readonly<Record<string, U>> {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, tell(value)]));
}

function selectionOf(selection: PackageSelection): 'all' | readonly string[] {
  return selection === 'all' ? 'all' : [...selection].sort();
}

/** A text with the credentials taken out of its URLs. */
export function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^/@\s]*@/g, '://');
}
