import { namesOf, type PageFacts } from '../../facts/facts.ts';
import type { Target } from '../../target/target.ts';
import { list } from '../phrases.ts';

/**
 * What the wheels of a version are for, where none is for the target: `for Python 3.8 to 3.11` where some fit
 * the platform, else `for linux x86_64 and windows amd64`. Null where there are no wheels.
 */
export function wheelCoverage({ tags }: Target, page: PageFacts, rank: number): string | null {
  const wheels = namesOf(page, rank).flatMap((name) => (name.kind === 'wheel' ? [name.tag.split('-')] : []));
  if (wheels.length === 0) return null;
  const fits = (platform: string): boolean => platform === 'any' || tags.platforms.has(platform);
  const here = wheels.filter(([, , platforms = '']) => platforms.split('.').some(fits));
  if (here.length > 0) return `for ${pythonsText(here.flatMap(([python = '']) => python.split('.')))}`;
  const platforms = wheels.flatMap(([, , texts = '']) => texts.split('.'));
  const [best = ''] = tags.platforms.keys();
  const own = platformLabel(best);
  // Of the target's own kind it is the level that does not fit, and only the tag tells it.
  const labels = platforms.map((tag) => (platformLabel(tag) === own ? tag : platformLabel(tag)));
  return `for ${list([...new Set(labels)].sort())}`;
}

/** `Python 3.8 to 3.11`, `Python 2.7, 3.6 to 3.8 and PyPy`. */
function pythonsText(tags: readonly string[]): string {
  const minors = new Set<string>();
  const others = new Set<string>();
  for (const tag of tags) {
    const match = /^(?:cp|py)(\d)(\d*)$/.exec(tag);
    if (match !== null) minors.add(match[2] === '' ? `${match[1]}` : `${match[1]}.${match[2]}`);
    else others.add(tag.startsWith('pp') ? 'PyPy' : tag);
  }
  const ordered = [...minors].sort((a, b) => minorOrder(a) - minorOrder(b));
  const runs: string[][] = [];
  for (const minor of ordered) {
    const run = runs.at(-1);
    if (run !== undefined && minorOrder(minor) === minorOrder(run.at(-1) ?? '') + 1) run.push(minor);
    else runs.push([minor]);
  }
  const texts = runs.map((run) => (run.length > 2 ? `${run[0]} to ${run.at(-1)}` : run.join(', ')));
  const python = texts.length === 0 ? [] : [`Python ${texts.join(', ')}`];
  return list([...python, ...[...others].sort()]);
}

function minorOrder(minor: string): number {
  const [major = '0', second = '0'] = minor.split('.');
  return Number(major) * 1000 + Number(second);
}

/** `manylinux_2_17_x86_64` -> `linux x86_64`; a tag of no known kind stays as it is. */
function platformLabel(tag: string): string {
  const match = /^(many|musl)?linux(?:\d+|_\d+_\d+)?_(.+)$/.exec(tag);
  if (match !== null) return `${match[1] === 'musl' ? 'musl ' : ''}linux ${match[2]}`;
  const mac = /^macosx_\d+_\d+_(.+)$/.exec(tag);
  if (mac !== null) return `macos ${mac[1]}`;
  if (tag === 'win32') return 'windows x86';
  return tag.replace(/^win_/, 'windows ');
}
