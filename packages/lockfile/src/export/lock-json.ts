import type {
  Plan,
  PlannedPackage,
  Resolution,
  UniversalPackage,
  UniversalResolution,
} from '@pyplan/resolver';
import { noSolutionJson } from './refusal-json.ts';

/**
 * A resolution in pyplan's JSON: `{"targets": [{"python", "platform", "packages": [{"name", "version", "file",
 * "requires"}]}]}`, or `{"error": …}` as `noSolutionJson` has it. Ends in a line feed.
 */
export function writeLockJson(resolution: Resolution): string {
  switch (resolution.status) {
    case 'resolved':
      return json({ targets: resolution.plans.map(targetJson) });
    case 'no-solution':
      return json({ error: noSolutionJson(resolution.refusals) });
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
      return json({ error: noSolutionJson(resolution.refusals, undefined, resolution) });
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

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
