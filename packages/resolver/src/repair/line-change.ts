import { formatMarker, normalizeName, parseRequirement } from '@pyplan/markers';
import { place } from '../explanation/phrases.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';

/** What may be done to a line of the user's. */
export type LineChange =
  /** Its specifier is taken away; extras and marker stay. */
  | { readonly kind: 'loosen' }
  | { readonly kind: 'drop' }
  /** It asks for exactly one version. */
  | { readonly kind: 'pin'; readonly version: string; readonly why: string }
  /** It asks for another project. */
  | { readonly kind: 'rename'; readonly name: string };

/** Changes by line: as many as there are is how much moves. */
export type LineChanges = ReadonlyMap<RootRequirement, LineChange>;

/** Everything the user wrote that may be changed. */
export type WrittenLines = Pick<ResolveRequest, 'requirements' | 'constraints' | 'overrides'>;

/** The request with its lines changed, and the line that each changed one was. */
export function changeLines<Request extends WrittenLines>(
  request: Request,
  changes: LineChanges,
): { readonly request: Request; readonly originals: ReadonlyMap<RootRequirement, RootRequirement> } {
  const originals = new Map<RootRequirement, RootRequirement>();
  const change = (line: RootRequirement): readonly RootRequirement[] => {
    const asked = changes.get(line);
    if (asked?.kind === 'drop') return [];
    const changed = asked === undefined ? line : { ...line, requirement: changedRequirement(line, asked) };
    originals.set(changed, line);
    return [changed];
  };
  const { requirements, constraints, overrides } = request;
  const changed = {
    ...request,
    requirements: requirements.flatMap(change),
    constraints: constraints.flatMap(change),
    overrides: overrides.flatMap(change),
  };
  return { request: changed, originals };
}

function changedRequirement(
  line: RootRequirement,
  change: Exclude<LineChange, { readonly kind: 'drop' }>,
): RootRequirement['requirement'] {
  const { name, specifier } = line.requirement;
  switch (change.kind) {
    case 'loosen':
      return rewritten(line, name, '');
    case 'pin':
      return rewritten(line, name, `==${change.version}`);
    case 'rename':
      return rewritten(line, change.name, specifier.text);
  }
}

function rewritten(
  { requirement }: RootRequirement,
  name: string,
  specifier: string,
): RootRequirement['requirement'] {
  const { extras, marker } = requirement;
  const asked = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  const suffix = marker === null ? '' : `; ${formatMarker(marker)}`;
  return parseRequirement(`${name}${asked}${specifier}${suffix}`);
}

/** What the line becomes; null: it is left out. */
export function changedText(line: RootRequirement, change: LineChange): string | null {
  return change.kind === 'drop' ? null : changedRequirement(line, change).text;
}

/** The change in words; `versionOf` gives the version that a project has in the plan, or nothing. */
export function changeText(
  line: RootRequirement,
  change: LineChange,
  versionOf: (project: string) => string | null,
): string {
  const text = `${line.requirement.text} (${place(line)})`;
  switch (change.kind) {
    case 'drop':
      return `leave out ${text}`;
    case 'loosen': {
      const version = versionOf(normalizeName(line.requirement.name));
      const to = changedRequirement(line, change).text;
      return `change ${text} to ${to}${version === null ? '' : ` or to ==${version}`}`;
    }
    case 'pin':
      return `change ${text} to ==${change.version}, ${change.why}`;
    case 'rename':
      return `change ${text} to ${changedRequirement(line, change).text}`;
  }
}
