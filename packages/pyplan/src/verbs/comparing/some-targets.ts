type Named = { readonly python: string; readonly platform: string };

/**
 * Some of what is compared, in as few words as tell them apart from the others: `Python 3.10-3.12`, `windows`,
 * `3.10 windows`, `3.10 linux, 3.11 macos`.
 *
 * @param some places in `targets`.
 */
export function formatSome(some: readonly number[], targets: readonly Named[]): string {
  const [pythons, platforms] = [distinct(targets, 'python'), distinct(targets, 'platform')];
  const chosen = some.flatMap((index) => targets[index] ?? []);
  const [ours, theirs] = [distinct(chosen, 'python'), distinct(chosen, 'platform')];
  const isProduct = distinctTargets(chosen) === ours.length * theirs.length;
  if (!isProduct) return listed(chosen, pythons, platforms.length);
  const ofPythons = ranges(ours, pythons);
  if (theirs.length === platforms.length) return `Python ${ofPythons}`;
  if (ours.length === pythons.length) return theirs.join(', ');
  return `${ofPythons} ${theirs.join(', ')}`;
}

function listed(chosen: readonly Named[], pythons: readonly string[], platforms: number): string {
  const byPlatforms = Map.groupBy(distinct(chosen, 'python'), (python) =>
    distinct(
      chosen.filter((target) => target.python === python),
      'platform',
    ).join(', '),
  );
  return [...byPlatforms]
    .map(([on, group]) => {
      const named = ranges(group, pythons);
      return on.split(', ').length === platforms ? `Python ${named}` : `${named} ${on}`;
    })
    .join('; ');
}

function distinct(targets: readonly Named[], key: keyof Named): readonly string[] {
  return [...new Set(targets.map((target) => target[key]))];
}

function distinctTargets(targets: readonly Named[]): number {
  return new Set(targets.map(({ python, platform }) => `${python} ${platform}`)).size;
}

/** Three or more that follow one another in `all` as `first-last`. */
function ranges(some: readonly string[], all: readonly string[]): string {
  const runs: string[][] = [];
  for (const each of some) {
    const run = runs.at(-1);
    if (run !== undefined && all.indexOf(each) === all.indexOf(run.at(-1) ?? '') + 1) run.push(each);
    else runs.push([each]);
  }
  return runs.flatMap((run) => (run.length < 3 ? run : [`${run[0] ?? ''}-${run.at(-1) ?? ''}`])).join(', ');
}
