import { MAX_EXCLUSIONS } from '../text/limits.ts';
import {
  isPrerelease,
  makeVersion,
  padRelease,
  type VersionParts,
  versionOf,
  withoutZeros,
} from '../version/version.ts';
import { type Cut, compareCuts, cutAfter, cutAfterLocals, cutAfterPrefix, lowestCut } from './cut.ts';
import type { VersionRange } from './version-range.ts';

/**
 * A specifier set whose range this is (pre-releases counted like all others), or null where no text of
 * clauses joined by commas has it. The full range is the empty text, the empty range `<0`.
 */
export function formatRange({ cuts, spellings }: VersionRange): string | null {
  const [first] = cuts;
  const [only] = spellings.keys();
  if (only) return first || spellings.size > 1 ? null : `===${only}`;
  if (!first) return '<0';
  const upper = cuts.length % 2 === 0 ? cuts.at(-1) : undefined;
  const whole = upper && formatGap(first, upper, 1);
  const clauses: (string | null)[] = whole?.map((clause) => clause.replace('!', '=')) ?? [
    compareCuts(first, lowestCut) === 0 ? '' : formatLower(first),
    upper ? formatUpper(upper) : '',
  ];
  for (let index = 2; index < cuts.length; index += 2) {
    clauses.push(...(formatGap(cuts[index - 1] as Cut, cuts[index] as Cut, MAX_EXCLUSIONS) ?? [null]));
  }
  return clauses.includes(null) ? null : clauses.filter(Boolean).join(',');
}

/** The versions of cuts have no text of their own. */
function textOf(version: VersionParts): string {
  return versionOf(version).text;
}

function formatLower({ side, version }: Cut): string | null {
  if (side === 2) return `>${textOf(version)}`;
  return side === 0 && !version.local ? `>=${textOf(version)}` : null;
}

function formatUpper({ side, version }: Cut): string | null {
  if (side !== 0 || version.local) return null;
  const text = textOf(version);
  if (text.endsWith('.post0.dev0')) return `<=${text.slice(0, -11)}`;
  if (!isPrerelease(version)) return `<=${text},!=${text}`;
  return `<${version.pre ? text : text.replace(/\.dev0$/, '')}`;
}

/** At most so many `!=` clauses that leave out exactly what lies between the cuts: from the left, the largest first. */
function formatGap(from: Cut, to: Cut, most: number): readonly string[] | null {
  const clauses: string[] = [];
  for (let at = from; clauses.length < most; ) {
    const [text, end] = firstExclusion(at, to);
    if (!end) return null;
    clauses.push(`!=${text}`);
    at = end;
    const order = compareCuts(at, to);
    if (order >= 0) return order === 0 ? clauses : null;
  }
  return null;
}

/**
 * The shortest prefix, as `1.2.*`, whose releases begin at `from` and end at `to` or before, or the version that
 * follows `from`, and where it ends; nothing where neither begins there.
 */
function firstExclusion({ side, version }: Cut, to: Cut): readonly [text: string, end: Cut] | readonly [] {
  if (side !== 0) return [];
  const { epoch, release, local } = version;
  const text = textOf(version);
  // Only the cut before a whole family begins one.
  if (/^[\d.!]+\.dev0$/.test(text)) {
    const start = withoutZeros(release);
    const longest = Math.max(release.length, to.version.release.length);
    for (let { length } = start; length <= longest; length++) {
      const prefix = padRelease(start, length);
      const end = cutAfterPrefix(epoch, prefix);
      if (compareCuts(end, to) <= 0) return [`${makeVersion(epoch, prefix).text}.*`, end];
    }
  }
  return [text, local ? cutAfter(version) : cutAfterLocals(version)];
}
