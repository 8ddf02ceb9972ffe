import type { ToldCause } from '../verbs/comparing/comparison.ts';

/** So many are told; `--json` has all. */
const most = 4;

/**
 * The causes that a person needs, in words: where the package itself has an end (a Requires-Python, wheel tags, an
 * upload time) not what further packages would lack; no wheels where the Python is not admitted anyway; what several
 * versions of a package ask once.
 */
export function toldCauses(name: string, causes: readonly ToldCause[]): readonly string[] {
  const pythons = new Set(
    causes.flatMap((cause) =>
      cause.kind === 'requires-python' ? [`${cause.package} ${cause.version}`] : [],
    ),
  );
  const ends = causes.filter(
    (cause) =>
      'version' in cause && (cause.kind !== 'wheel-tag' || !pythons.has(`${cause.package} ${cause.version}`)),
  );
  const own = ends.filter((cause) => cause.package === name);
  const asked = causes.filter((cause) => !('version' in cause));
  // What a version of the package itself asks for is told where it has no end of its own.
  const onIt = asked.filter((cause) => cause.package === name);
  const kept = own.length > 0 ? [...own, ...onIt] : [...asked, ...ends];
  const texts = mergedTexts(kept);
  return texts.length <= most ? texts : [...texts.slice(0, most - 1), `and ${texts.length - most + 1} more`];
}

/** `zarr 3.1.5, 3.4.2: donfig>=0.8`; where a marker parts the plans, not that other versions ask the same. */
function mergedTexts(causes: readonly ToldCause[]): readonly string[] {
  const groups = Map.groupBy(causes, (cause) =>
    'version' in cause || cause.by === null ? cause.told : `${cause.by.name}: ${cause.text}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    if ('version' in first || first.by === null || first.kind === 'marker') return [first.told];
    const marker = group.find(({ kind }) => kind === 'marker');
    if (marker !== undefined) return [marker.told];
    const versions = group.flatMap((cause) => ('version' in cause ? [] : (cause.by?.version ?? [])));
    return [`${first.by.name} ${[...new Set(versions)].join(', ')}: ${first.text}`];
  });
}
