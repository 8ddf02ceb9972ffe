import type { PlannedPackage } from '@pyplan/resolver';
import type { InstallPlan } from '../../verbs/plan.ts';

/** A package as `pyplan lock --format json` has it. */
export function packageJson(planned: PlannedPackage): object {
  const { name, version, file, requires, demands } = planned;
  return {
    name,
    version,
    file: { filename: file.filename, url: file.url, size: file.size, hashes: file.hashes },
    requires: requires.map((required) => required.text),
    demands: demands.map(({ from, text, origin }) => ({ from, text, origin })),
  };
}

/** What `pyplan plan --json` prints of one target. */
export function installJson(install: InstallPlan): object {
  const { plan, download, changes } = install;
  return {
    python: plan.target.python,
    platform: plan.target.platform,
    packages: plan.packages.map(packageJson),
    download,
    changes:
      changes === null
        ? null
        : {
            add: changes.add.map(({ name, version }) => ({ name, version })),
            change: changes.change.map(({ from, to, direction }) => ({
              name: to.name,
              from: from.version,
              to: to.version,
              direction,
            })),
            remove: changes.remove,
            unchanged: changes.unchanged.map(({ name, version }) => ({ name, version })),
          },
  };
}
