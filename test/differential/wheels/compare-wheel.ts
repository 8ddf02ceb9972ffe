import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type InstalledFile,
  inspectWheel,
  parseMetadata,
  rawFields,
  type Script,
  validateMetadata,
} from '@pyplan/wheel-meta';

/** The oracle's answer for a wheel. */
export interface WheelAnswer {
  readonly entries: Readonly<Record<string, readonly [size: number, crc: number]>>;
  readonly metadata_sha256: string;
  readonly record_sha256: string;
  readonly metadata: MetadataAnswer;
  readonly install: {
    readonly error?: string;
    readonly files?: Readonly<Record<string, readonly [size: number, sha256: string]>>;
  };
}

export interface MetadataAnswer {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly unparsed: Readonly<Record<string, readonly string[]>>;
  /** The fields that are wrong, sorted. */
  readonly errors: readonly string[];
}

/** How our reading of metadata differs from the oracle's; empty where it does not. */
export function metadataDifferences(input: string | Uint8Array, answer: MetadataAnswer): readonly string[] {
  const metadata = parseMetadata(input);
  const differences: string[] = [];
  const compare = (what: string, ours: unknown, theirs: unknown): void => {
    if (!isDeepStrictEqual(ours, theirs))
      differences.push(`${what}: ${show(ours)} ours, ${show(theirs)} theirs`);
  };
  compare('raw', { ...rawFields(metadata) }, answer.raw);
  compare('unparsed', Object.fromEntries(metadata.unparsed), answer.unparsed);
  compare(
    'errors',
    validateMetadata(metadata)
      .map(({ field }) => field)
      .sort(),
    answer.errors,
  );
  return differences;
}

/** How our inspection of a wheel differs from what zipfile, packaging and pip do with it. */
export function wheelDifferences(
  bytes: Uint8Array,
  filename: string,
  answer: WheelAnswer,
): readonly string[] {
  const inspection = inspectWheel(bytes, filename);
  const differences: string[] = [];
  const { files } = answer.install;
  if (files === undefined) return [`pip refuses it: ${answer.install.error?.trim().split('\n').at(-1)}`];
  const expected = new Map(Object.entries(files));
  for (const file of inspection.files) {
    const place = installedPlace(file, inspection.metadata.name ?? '');
    const installed = expected.get(place);
    expected.delete(place);
    if (installed === undefined) differences.push(`pip does not install ${place}`);
    else if (!isChangedByPip(file, inspection.scripts) && installed[0] !== file.size) {
      differences.push(`${place} has ${installed[0]} bytes, ${file.size} expected`);
    } else if (file.hash?.algorithm === 'sha256' && !isChangedByPip(file, inspection.scripts)) {
      const digest = Buffer.from(file.hash.digest, 'base64url').toString('hex');
      if (digest !== installed[1]) differences.push(`${place} has another hash than RECORD says`);
    }
  }
  for (const script of inspection.scripts) {
    if (script.kind === 'file') continue;
    if (!expected.delete(`bin/${script.name}`)) differences.push(`pip makes no script ${script.name}`);
  }
  for (const path of expected.keys()) {
    // Of pip itself, pip makes one more command, named for the interpreter that runs it.
    if (inspection.metadata.name === 'pip' && /^bin\/pip3\.\d+$/.test(path)) continue;
    if (!/\.dist-info\/(?:INSTALLER|REQUESTED|direct_url\.json|RECORD)$/.test(path)) {
      differences.push(`pip installs ${path}, we do not say so`);
    }
  }
  return differences;
}

/** Where `pip install --target` puts a file: its schemes are those of a home directory, brought to one place. */
function installedPlace(file: InstalledFile, name: string): string {
  switch (file.scheme) {
    case 'purelib':
    case 'platlib':
    case 'data':
      return file.target;
    case 'scripts':
      return `bin/${file.target}`;
    case 'headers':
      return `include/python/${name}/${file.target}`;
  }
}

function isChangedByPip(file: InstalledFile, scripts: readonly Script[]): boolean {
  if (/\.dist-info\/RECORD$/.test(file.path)) return true;
  const script = scripts.find((each) => each.kind === 'file' && each.path === file.path);
  return script?.kind === 'file' && (script.shebang === 'python' || script.shebang === 'pythonw');
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
