import { evaluateMarker, normalizeName, parseIndexRequirement, type Requirement } from '@pyplan/markers';
import { releasedPythons, type Target, target } from '@pyplan/resolver';

/** What a requirement must hold on to count: each Python that is supported, five at any time, on each common system. */
const commonTargets: readonly Target[] = releasedPythons
  .slice(-5)
  .flatMap((python) => ['linux', 'macos', 'windows'].map((platform) => target(python, platform)));

/** What one release says of what it needs (Core metadata specification). */
export interface ReleaseMetadata {
  readonly requiresDist: readonly string[];
  readonly providesExtra: readonly string[];
}

/**
 * What each of the releases requires wherever it is installed, by what is asked for: `name`, or `name[extra]` for what
 * the extra adds. Names are normalised, extras of what is required kept (`uvicorn[standard]`); sorted.
 */
export function alwaysRequired(
  project: string,
  releases: readonly ReleaseMetadata[],
): ReadonlyMap<string, readonly string[]> {
  const [newest] = releases;
  if (newest === undefined) return new Map();
  const parsed = releases.map(({ requiresDist }) => requiresDist.flatMap(readable));
  const shared = (extra: string): readonly string[] => {
    const [first = [], ...others] = parsed.map((requirements) => askedFor(requirements, extra));
    return first.filter((wanted) => others.every((other) => other.includes(wanted)));
  };
  const own = shared('');
  const found = new Map([[project, own]]);
  for (const extra of new Set(newest.providesExtra.map(normalizeName))) {
    found.set(
      `${project}[${extra}]`,
      shared(extra).filter((wanted) => !own.includes(wanted)),
    );
  }
  return found;
}

/** Nothing for what can't be read, and for what comes from a URL. */
function readable(text: string): readonly Requirement[] {
  try {
    const { requirement } = parseIndexRequirement(text);
    return requirement.url === null ? [requirement] : [];
  } catch {
    return [];
  }
}

/** Each name alone, and with each extra that is asked for; sorted. */
function askedFor(requirements: readonly Requirement[], extra: string): readonly string[] {
  const wanted = requirements
    .filter(
      ({ marker }) =>
        marker === null ||
        commonTargets.every(({ environment }) => evaluateMarker(marker, environment, extra)),
    )
    .flatMap(({ name, extras }) => {
      const project = normalizeName(name);
      return [project, ...extras.map((each) => `${project}[${normalizeName(each)}]`)];
    });
  return [...new Set(wanted)].toSorted();
}
