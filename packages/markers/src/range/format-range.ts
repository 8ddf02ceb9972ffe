import { type Version, type VersionNumber, versionOf } from '../version/version.ts';
import { type Cut, compareCuts, cutAfter, cutAfterLocals, cutAfterPrefix, lowestCut } from './cut.ts';
import type { VersionRange } from './version-range.ts';

/** How many `!=1.2.*` in a row stand for one gap before no text is given. */
const MAX_EXCLUSIONS = 100;

/**
 * A specifier set whose range this is (pre-releases counted like all others), or null where no text of
 * clauses joined by commas has it. The full range is the empty text, the empty range `<0`.
 */
export function formatRange(range: VersionRange): string | null {
  if (range.spellings.size > 0) return formatSpellings(range);
  const { cuts } = range;
  const first = cuts[0];
  const last = cuts.at(-1);
  if (first === undefined || last === undefined) return '<0';
  const upper = (cuts.length & 1) === 0 ? last : null;
  const whole = upper === null ? null : (formatEqual(first, upper) ?? formatPrefix(first, upper));
  const clauses: string[] = [];
  if (whole !== null) {
    clauses.push(`==${whole}`);
  } else {
    const lowerClause = compareCuts(first, lowestCut) === 0 ? '' : formatLower(first);
    const upperClause = upper === null ? '' : formatUpper(upper);
    if (lowerClause === null || upperClause === null) return null;
    clauses.push(lowerClause, upperClause);
  }
  for (let index = 1; index + 1 < cuts.length; index += 2) {
    const from = cuts[index];
    const to = cuts[index + 1];
    const gap = from === undefined || to === undefined ? null : formatGap(from, to);
    if (gap === null) return null;
    clauses.push(...gap);
  }
  return clauses.filter((clause) => clause !== '').join(',');
}

function formatSpellings(range: VersionRange): string | null {
  const [only] = range.spellings;
  return range.cuts.length === 0 && only !== undefined && range.spellings.size === 1 ? `===${only[0]}` : null;
}

/** The version whose `==` clause lies between the cuts. */
export function formatEqual(from: Cut, to: Cut): string | null {
  const { version } = from;
  if (from.side !== 0) return null;
  const end = version.local === null ? cutAfterLocals(version) : cutAfter(version);
  return compareCuts(end, to) === 0 ? version.text : null;
}

/** The prefix whose `==….*` clause lies between the cuts: all releases that begin with it. */
export function formatPrefix(from: Cut, to: Cut): string | null {
  const block = largestBlock(from, to);
  return block !== null && compareCuts(block.end, to) === 0 ? `${block.prefix}.*` : null;
}

/** The shortest prefix whose releases begin at `from` and end at `to` or before. */
function largestBlock(from: Cut, to: Cut): { readonly prefix: string; readonly end: Cut } | null {
  const start = familyOf(from);
  if (start === null) return null;
  const { version } = from;
  const longest = Math.max(start.length, to.version.release.length);
  for (let length = Math.max(1, trimmedLength(start)); length <= longest; length++) {
    const release = Array.from({ length }, (_, index) => start[index] ?? 0);
    const end = cutAfterPrefix(version.epoch, release);
    if (compareCuts(end, to) <= 0) return { prefix: versionOf({ ...version, release, dev: null }).text, end };
  }
  return null;
}

function trimmedLength(release: readonly VersionNumber[]): number {
  let { length } = release;
  while (length > 0 && release[length - 1] === 0) length--;
  return length;
}

/** The release of a cut before a whole family (`1.2.dev0`), else null. */
function familyOf({ side, version }: Cut): readonly VersionNumber[] | null {
  const isFamily = side === 0 && version.dev === 0 && version.pre === null && version.post === null;
  return isFamily && version.local === null ? version.release : null;
}

function formatLower({ side, version }: Cut): string | null {
  if (side === 2) return `>${version.text}`;
  return side === 0 && version.local === null ? `>=${version.text}` : null;
}

export function formatUpper({ side, version }: Cut): string | null {
  if (side !== 0 || version.local !== null) return null;
  if (version.dev === 0 && version.post === 0)
    return `<=${versionOf({ ...version, post: null, dev: null }).text}`;
  if (version.dev === 0 && version.pre === null) {
    return `<${versionOf({ ...version, dev: null }).text}`;
  }
  return isFinal(version) ? `<=${version.text},!=${version.text}` : `<${version.text}`;
}

function isFinal(version: Version): boolean {
  return version.pre === null && version.dev === null;
}

/** The `!=` clauses that leave out exactly what lies between the cuts: from the left, the largest first. */
function formatGap(from: Cut, to: Cut): readonly string[] | null {
  const clauses: string[] = [];
  for (let at = from; clauses.length < MAX_EXCLUSIONS; ) {
    const block = largestBlock(at, to);
    if (block !== null) clauses.push(`!=${block.prefix}.*`);
    else if (at.side === 0) clauses.push(`!=${at.version.text}`);
    else return null;
    at = block?.end ?? (at.version.local === null ? cutAfterLocals(at.version) : cutAfter(at.version));
    const order = compareCuts(at, to);
    if (order === 0) return clauses;
    if (order > 0) return null;
  }
  return null;
}
