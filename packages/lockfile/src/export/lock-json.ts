import type {
  Plan,
  PlannedPackage,
  Refusal,
  Resolution,
  UniversalPackage,
  UniversalResolution,
} from '@pyplan/resolver';

/**
 * A resolution in pyplan's JSON: `{"targets": [{"python", "platform", "packages": [{"name", "version", "file",
 * "requires"}]}]}`, or `{"error": {"kind": "no-solution", "explanation", "repairs"}}`. Ends in a line feed.
 */
export function writeLockJson(resolution: Resolution): string {
  switch (resolution.status) {
    case 'resolved':
      return json({ targets: resolution.plans.map(targetJson) });
    case 'no-solution':
      return refusalJson(resolution.refusals);
    default:
      return resolution satisfies never;
  }
}

/**
 * A universal resolution in pyplan's JSON: `{"universe": {"requires_python", "environments"}, "uncovered": [{"python",
 * "platform", "reason"}], "packages": [{"name", "version", "marker", "files", "requires"}]}`, or the error of
 * `writeLockJson`. Ends in a line feed.
 */
export function writeUniversalJson(resolution: UniversalResolution): string {
  switch (resolution.status) {
    case 'resolved': {
      const { requiresPython, environments, uncovered, packages } = resolution.lock;
      return json({
        universe: { requires_python: requiresPython, environments },
        uncovered: uncovered.map(({ python, platform, reason }) => ({ python, platform, reason })),
        packages: packages.map(universalPackageJson),
      });
    }
    case 'no-solution':
      return refusalJson(resolution.refusals);
    default:
      return resolution satisfies never;
  }
}

function universalPackageJson(item: UniversalPackage): object {
  return {
    name: item.name,
    version: item.version,
    marker: item.marker,
    files: item.files.map(({ filename, url, size, hashes }) => ({ filename, url, size, hashes })),
    requires: item.requires.map((needed) => needed.text),
  };
}

function refusalJson(refusals: readonly Refusal[]): string {
  return json({
    error: { kind: 'no-solution', explanation: explain(refusals), repairs: repairsOf(refusals) },
  });
}

function targetJson(plan: Plan): object {
  const { python, platform } = plan.target;
  return { python, platform, packages: plan.packages.map(packageJson) };
}

function packageJson(item: PlannedPackage): object {
  const { filename, url, size, hashes } = item.file;
  return {
    name: item.name,
    version: item.version,
    file: { filename, url, size, hashes },
    requires: item.requires.map((needed) => needed.text),
  };
}

/** The changes under which there is a plan: what each is, and for which target it was tried. */
function repairsOf(refusals: readonly Refusal[]): readonly object[] {
  return refusals.flatMap(({ target: { python, platform }, repairs = [] }) =>
    repairs.map(({ kind, text }) => ({ kind, text, python, platform })),
  );
}

/** One explanation where all targets have the same; else each under the targets that it is for. */
function explain(refusals: readonly Refusal[]): string {
  const byText = Map.groupBy(refusals, (refusal) => refusal.explanation);
  if (byText.size === 1) return refusals[0]?.explanation ?? '';
  return [...byText]
    .map(([text, group]) => {
      const targets = group.map(({ target }) => `Python ${target.python} on ${target.platform}`);
      return `${targets.join(', ')}:\n${text}`;
    })
    .join('\n\n');
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
