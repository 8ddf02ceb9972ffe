import { normalizeName, parseIndexRequirement, specifierSetContains, tryParseVersion } from '@pyplan/markers';
import type { LockedDependency, LockedPackage, LockedSet } from '../locked-set.ts';
import type { VerifyInputs } from './against-inputs.ts';
import { type Finding, finding, label } from './finding.ts';

/**
 * What is wrong with the graph of a lock, where it has one: edges that lead nowhere or to a version that they do not
 * allow, and packages that no input leads to.
 */
export function againstGraph(lock: LockedSet, inputs: VerifyInputs | null): readonly Finding[] {
  const byName = Map.groupBy(lock.packages, ({ name }) => name);
  const replaced = new Set(inputs?.replaced ?? []);
  const edges = lock.packages.flatMap((item) =>
    (item.dependencies ?? []).flatMap((edge) =>
      replaced.has(edge.name) ? [] : checkEdge(item, edge, byName.get(edge.name) ?? []),
    ),
  );
  const hasGraph = lock.packages.length > 0 && lock.packages.every((item) => item.dependencies !== null);
  if (inputs === null || !hasGraph) return edges;
  return [...edges, ...unreachable(lock, inputs)];
}

function checkEdge(
  item: LockedPackage,
  edge: LockedDependency,
  candidates: readonly LockedPackage[],
): readonly Finding[] {
  const found = candidates.filter(({ version }) => edge.version === null || edge.version === version);
  const wanted = edge.text ?? edge.name;
  if (found.length === 0) {
    // An edge that only some environments follow may lead out of those that the lock is for.
    if (edge.marker !== null || edge.text?.includes(';')) return [];
    return [
      finding('dependency-missing', item, `${label(item)} needs ${wanted}, which the lock does not have`),
    ];
  }
  if (found.some((other) => isAllowed(edge, other))) return [];
  const locked = found.map(label).join(', ');
  return [finding('dependency-not-met', item, `${label(item)} needs ${wanted}, and ${locked} is locked`)];
}

function isAllowed(edge: LockedDependency, item: LockedPackage): boolean {
  const version = tryParseVersion(item.version ?? '');
  if (edge.text === null || version === null) return true;
  try {
    const { requirement } = parseIndexRequirement(edge.text);
    return specifierSetContains(requirement.specifier, version, { prereleases: true });
  } catch {
    // What an index served and can't be read binds nobody.
    return true;
  }
}

function unreachable(lock: LockedSet, inputs: VerifyInputs): readonly Finding[] {
  const byName = Map.groupBy(lock.packages, ({ name }) => name);
  const reached = new Set<string>();
  const queue = [
    ...inputs.requirements.map(({ requirement }) => normalizeName(requirement.name)),
    ...lock.packages.filter(({ source }) => source.kind === 'directory').map(({ name }) => name),
  ];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(
      ...(byName.get(name) ?? []).flatMap((item) => (item.dependencies ?? []).map((edge) => edge.name)),
    );
  }
  return lock.packages
    .filter(({ name }) => !reached.has(name))
    .map((item) => finding('unreachable-package', item, `nothing asks for ${label(item)}`));
}
