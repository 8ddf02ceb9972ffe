import { type Version, type VersionNumber, versionOf } from '../version/version.ts';
import { type Cut, compareCuts, cutAfter, cutAfterLocals, cutAfterPrefix, lowestCut } from './cut.ts';
import type { VersionRange } from './version-range.ts';

/** How many `!=1.2.*` in a row stand for one gap before no text is given. */
const MAX_EXCLUSIONS = 64;

/**
 * A specifier set whose range this is (pre-releases counted as any version), or null where no text of
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
  const prefix = familyOf(from);
  const next = familyOf(to);
  if (prefix === null || next === null) return null;
  for (let length = next.length; length <= Math.max(prefix.length, next.length); length++) {
    const padded = Array.from({ length }, (_, index) => prefix[index] ?? 0);
    const longer = prefix.slice(length).some((number) => number !== 0);
    if (!longer && compareCuts(cutAfterPrefix(from.version.epoch, padded), to) === 0) {
      return `${versionOf({ ...from.version, release: padded, dev: null }).text}.*`;
    }
  }
  return null;
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

/** The `!=` clauses that leave out exactly what lies between the cuts. */
function formatGap(from: Cut, to: Cut): readonly string[] | null {
  const single = formatEqual(from, to) ?? formatPrefix(from, to);
  if (single !== null) return [`!=${single}`];
  const start = familyOf(from);
  const end = familyOf(to);
  if (start === null || end === null || from.version.epoch !== to.version.epoch) return null;
  const clauses: string[] = [];
  const { epoch } = from.version;
  for (let release: VersionNumber[] = [...start], length = 0; length < MAX_EXCLUSIONS; length++) {
    const next = cutAfterPrefix(epoch, release);
    clauses.push(`!=${versionOf({ ...from.version, release, dev: null }).text}.*`);
    const order = compareCuts(next, to);
    if (order === 0) return clauses;
    if (order > 0) return null;
    release = [...next.version.release];
  }
  return null;
}
