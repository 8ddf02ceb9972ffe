import { type WheelFilename, wheelTags } from '../filename/wheel-filename.ts';
import type { RecordEntry } from '../wheel/record.ts';
import type { WheelFile } from '../wheel/wheel-file.ts';
import type { ZipDirectory } from '../zip/central-directory.ts';
import { type Finding, finding } from './finding.ts';

/** Files that RECORD need not list: itself and the signatures of it. */
function isExempt(path: string, distInfo: string): boolean {
  return [`${distInfo}/RECORD`, `${distInfo}/RECORD.jws`, `${distInfo}/RECORD.p7s`].includes(path);
}

/** Where RECORD and what the wheel holds differ, and where RECORD proves little. */
export function recordFindings(
  directory: ZipDirectory | null,
  record: readonly RecordEntry[],
  distInfo: string,
): readonly Finding[] {
  const findings: Finding[] = [];
  const sizes = new Map(directory?.entries.map(({ name, size }) => [name, size]));
  const recorded = new Set<string>();
  for (const { path, hash, size } of record) {
    recorded.add(path);
    if (isExempt(path, distInfo)) continue;
    if (hash === null) findings.push(finding('unhashed', path, 'RECORD has no hash of it'));
    else if (!/^sha(?:256|384|512)$|^blake2|^sha3_/.test(hash.algorithm)) {
      findings.push(
        finding('weak-hash', path, `RECORD has a hash by ${hash.algorithm}, weaker than SHA-256`),
      );
    }
    if (directory === null) continue;
    const actual = sizes.get(path);
    if (actual === undefined)
      findings.push(finding('missing-from-wheel', path, 'RECORD lists it, the wheel has it not'));
    else if (size !== null && size !== actual) {
      findings.push(finding('size-differs-from-record', path, `it has ${actual} bytes, RECORD says ${size}`));
    }
  }
  for (const path of sizes.keys()) {
    if (path.endsWith('/') || recorded.has(path) || isExempt(path, distInfo)) continue;
    findings.push(finding('not-in-record', path, 'the wheel has it, RECORD does not list it'));
  }
  return findings;
}

/** Whether WHEEL names the same tags as the file's name does. */
export function tagFindings(
  wheel: WheelFile | null,
  filename: WheelFilename,
  distInfo: string,
): readonly Finding[] {
  if (wheel === null) return [];
  const stated = wheel.tags.map((tag) => tag.trim().toLowerCase());
  const written = [...stated, filename.tag].join(' ');
  try {
    const expanded = new Set(stated.flatMap((tag) => wheelTags({ tag })));
    const named = wheelTags(filename);
    if (expanded.size === named.length && named.every((tag) => expanded.has(tag))) return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const text = `WHEEL is for ${stated.join(' ') || 'no tags'}, the file name for ${filename.tag}`;
  return [
    finding('tags-differ', `${distInfo}/WHEEL`, written.length > 1000 ? `${text.slice(0, 1000)}…` : text),
  ];
}
