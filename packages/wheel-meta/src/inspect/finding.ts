import type { ZipDirectory, ZipEntry } from '../zip/central-directory.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { escapeOf } from './install-path.ts';

/** Something about an archive that a careful person wants to know before installing it. */
export type FindingKind =
  /** A member whose path leaves the directory it is unpacked to. */
  | 'path-escapes'
  /** Two members of the same name: readers differ in which one they take. */
  | 'duplicate-name'
  /** Names that differ by case only: one file on Windows and macOS. */
  | 'case-duplicate'
  | 'encrypted'
  | 'unsupported-compression'
  /** It unpacks to more than the limits allow, in proportion to its packed size. */
  | 'suspicious-ratio'
  /** Two members that share packed bytes. */
  | 'overlapping-members'
  | 'symbolic-link'
  /** Installed without being listed in RECORD. */
  | 'not-in-record'
  /** Listed in RECORD without being in the wheel. */
  | 'missing-from-wheel'
  | 'size-differs-from-record'
  /** Listed in RECORD without a hash. */
  | 'unhashed'
  /** A hash by an algorithm weaker than SHA-256. */
  | 'weak-hash'
  | 'unknown-data-scheme'
  /** A script entry point that names no callable: installers refuse it. */
  | 'invalid-entry-point'
  /** The tags of WHEEL are not those of the file name. */
  | 'tags-differ'
  /** A file that the wheel claims is unreadable, as a malformed RECORD. */
  | 'unreadable-file';

export interface Finding {
  readonly kind: FindingKind;
  /** The member concerned; null where it is the whole archive. */
  readonly path: string | null;
  /** One sentence for people. */
  readonly text: string;
}

export function finding(kind: FindingKind, path: string | null, text: string): Finding {
  return { kind, path, text };
}

/** What is odd or dangerous about the members of a zip, by its table of contents alone. */
export function directoryFindings(directory: ZipDirectory, limits: ArchiveLimits): readonly Finding[] {
  return [
    ...directory.entries.flatMap((entry) => entryFindings(entry, limits)),
    ...duplicateFindings(directory.entries),
    ...overlapFindings(directory.entries),
  ];
}

function entryFindings(entry: ZipEntry, limits: ArchiveLimits): readonly Finding[] {
  const { name, size, compressedSize } = entry;
  const findings: Finding[] = [];
  const way = escapeOf(name);
  if (way !== null) findings.push(finding('path-escapes', name, escapeText[way]));
  if ((entry.flags & 0x41) !== 0) findings.push(finding('encrypted', name, 'the member is encrypted'));
  if (entry.method !== 0 && entry.method !== 8) {
    findings.push(
      finding('unsupported-compression', name, `the member is compressed by method ${entry.method}`),
    );
  }
  if (size > limits.ratioFloor && size > compressedSize * limits.ratio) {
    findings.push(finding('suspicious-ratio', name, `${compressedSize} packed bytes unpack to ${size}`));
  }
  if ((entry.mode & 0o170000) === 0o120000) {
    findings.push(
      finding('symbolic-link', name, 'the member is a symbolic link, which installers write as a file'),
    );
  }
  return findings;
}

const escapeText = {
  absolute: 'the path is absolute',
  drive: 'the path begins with a drive',
  parent: 'the path has ".." in it',
  backslash: 'the path has a backslash, which is a separator on Windows',
} as const;

function duplicateFindings(entries: readonly ZipEntry[]): readonly Finding[] {
  const findings: Finding[] = [];
  const byCase = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name } of entries) {
    const folded = name.toLowerCase();
    const other = byCase.get(folded);
    if (seen.has(name)) findings.push(finding('duplicate-name', name, 'there are two members of this name'));
    else if (other !== undefined)
      findings.push(finding('case-duplicate', name, `it differs from ${other} by case only`));
    seen.add(name);
    byCase.set(folded, name);
  }
  return findings;
}

function overlapFindings(entries: readonly ZipEntry[]): readonly Finding[] {
  const findings: Finding[] = [];
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < end) {
      findings.push(
        finding('overlapping-members', entry.name, 'its packed bytes are shared with another member'),
      );
    }
    end = Math.max(end, entry.offset + entry.compressedSize);
  }
  return findings;
}
