import type { Span, SparseBytes } from '../bytes/sparse-bytes.ts';
import { BadArchiveError } from './bad-archive-error.ts';
import { readDirectory, type ZipDirectory, type ZipEntry } from './central-directory.ts';
import type { ArchiveLimits } from './limits.ts';
import { readMember } from './read-member.ts';
import { done, need, type Step } from './step.ts';

/** Two members this close are asked for together: a gap of 32 kB costs less than a round trip. */
const joinGap = 32 * 1024;

/**
 * How much to ask for before a central directory of `size` bytes that is not known yet, so that it brings
 * what mostly lies there, a wheel's dist-info: RECORD, half as long as the directory, METADATA, and, where
 * that is not quite the last, what comes after it.
 */
function allowance(size: number): number {
  return Math.min(Math.ceil(size * 0.75) + 80 * 1024, 4 * 1024 * 1024);
}

/** Some members of a zip, by name, and its table of contents. */
export interface ZipMembers {
  readonly directory: ZipDirectory;
  readonly members: ReadonlyMap<string, Uint8Array>;
}

/** Reads the members that `select` chooses. Asks for what lies close together in one span. */
export function zipMembers(
  select: (directory: ZipDirectory) => readonly ZipEntry[],
  limits: ArchiveLimits,
): (file: SparseBytes) => Step<ZipMembers> {
  return (file) => {
    const read = readDirectory(file, limits);
    if (read.kind === 'need') {
      const { start, end } = read.span;
      return need(Math.max(0, start - allowance(end - start)), end);
    }
    const directory = read.value;
    const entries = select(directory);
    const members = new Map<string, Uint8Array>();
    const needed: Span[] = [];
    for (const entry of entries) {
      const step = readMember(file, directory, entry, limits);
      if (step.kind === 'done') members.set(entry.name, step.value);
      else needed.push(step.span);
    }
    const joined = joinSpans(needed);
    return joined === null ? done({ directory, members }) : { kind: 'need', span: joined };
  };
}

/** The first of the spans with those that lie close behind it; null for none. */
function joinSpans(spans: readonly Span[]): Span | null {
  const [first, ...rest] = spans.toSorted((a, b) => a.start - b.start);
  if (first === undefined) return null;
  let { end } = first;
  for (const span of rest) {
    if (span.start - end > joinGap) break;
    end = Math.max(end, span.end);
  }
  return { start: first.start, end };
}

/**
 * The entry of this name.
 *
 * @throws BadArchiveError `duplicate-member` where there are two: readers differ in which one they take.
 */
export function entryNamed(directory: ZipDirectory, name: string): ZipEntry | null {
  const [entry, second] = directory.entries.filter((each) => each.name === name);
  if (second !== undefined) throw new BadArchiveError('duplicate-member', `${name} is there twice`, name);
  return entry ?? null;
}

/** As `entryNamed`, where there must be one. @throws BadArchiveError `missing-member` */
export function requiredEntry(directory: ZipDirectory, name: string): ZipEntry {
  const entry = entryNamed(directory, name);
  if (entry === null) throw missingMember(name);
  return entry;
}

export function missingMember(name: string): BadArchiveError {
  return new BadArchiveError('missing-member', `the archive has no ${name}`, name);
}
