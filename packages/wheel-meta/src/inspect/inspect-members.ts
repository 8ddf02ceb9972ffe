import { decodeUtf8 } from '../bytes/text.ts';
import type { WheelFilename } from '../filename/wheel-filename.ts';
import { type Metadata, parseMetadata } from '../metadata/metadata.ts';
import { type EntryPoint, parseEntryPoints, parseTopLevel } from '../wheel/entry-points.ts';
import { InvalidRecordError, parseRecord, type RecordEntry, type RecordHash } from '../wheel/record.ts';
import { InvalidWheelFileError, parseWheelFile, type WheelFile } from '../wheel/wheel-file.ts';
import type { ZipDirectory } from '../zip/central-directory.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { directoryFindings, type Finding, finding } from './finding.ts';
import { installPathOf, type Scheme } from './install-path.ts';
import { recordFindings, tagFindings } from './record-findings.ts';
import { entryPointScripts, isWrapper, type Script, shebangOf } from './scripts.ts';
import { isNativeLibrary, type StartupHook, startupHook } from './startup.ts';

/** A file that installing the wheel writes. */
export interface InstalledFile {
  /** In the wheel. */
  readonly path: string;
  readonly scheme: Scheme;
  /** Below the directory of the scheme. */
  readonly target: string;
  /** In bytes; null where neither the wheel's table of contents nor RECORD tells. */
  readonly size: number | null;
  /** As RECORD has it. */
  readonly hash: RecordHash | null;
}

/** What a wheel would write where, and what else to know before installing it. */
export interface WheelInspection {
  readonly filename: string;
  readonly metadata: Metadata;
  /** Null where WHEEL can't be read, which a finding says. */
  readonly wheel: WheelFile | null;
  readonly entryPoints: readonly EntryPoint[];
  /** `top_level.txt`; empty where there is none. */
  readonly topLevel: readonly string[];
  /** Sorted by path. What an installer adds (INSTALLER, compiled modules, wrappers) is not among them. */
  readonly files: readonly InstalledFile[];
  /** Sorted by name. */
  readonly scripts: readonly Script[];
  readonly startup: readonly StartupHook[];
  /** Paths of libraries in machine code. */
  readonly nativeLibraries: readonly string[];
  /** Schemes that `.data` directories install to. */
  readonly dataSchemes: readonly Scheme[];
  /** Bytes of all files. */
  readonly installedSize: number;
  readonly findings: readonly Finding[];
}

/** What an inspection starts from. */
export interface InspectedWheel {
  readonly filename: WheelFilename;
  /** As `foo-1.0.dist-info`. */
  readonly distInfo: string;
  /** Null where the wheel came as a stream. */
  readonly directory: ZipDirectory | null;
  /** Those of the dist-info, small scripts and startup files, by name. */
  readonly members: ReadonlyMap<string, Uint8Array>;
}

/** Puts together what the members of a wheel tell. */
export function inspectMembers(input: InspectedWheel, limits: ArchiveLimits): WheelInspection {
  const { filename, distInfo, directory, members } = input;
  const findings: Finding[] = directory === null ? [] : [...directoryFindings(directory, limits)];
  const textOf = (name: string): string => {
    const bytes = members.get(`${distInfo}/${name}`);
    if (bytes === undefined) return '';
    const text = decodeUtf8(bytes);
    if (text === null)
      findings.push(finding('unreadable-file', `${distInfo}/${name}`, 'the file is not UTF-8'));
    return text ?? '';
  };
  const wheel = attempt(() => parseWheelFile(textOf('WHEEL')), `${distInfo}/WHEEL`, findings);
  const record = attempt(() => parseRecord(textOf('RECORD')), `${distInfo}/RECORD`, findings) ?? [];
  const entryPoints = parseEntryPoints(textOf('entry_points.txt'));
  const made = entryPointScripts(entryPoints);
  findings.push(...made.findings);
  const rootScheme = wheel?.rootIsPurelib === true ? 'purelib' : 'platlib';
  const files = installedFiles(directory, record, rootScheme, made.scripts, findings);
  findings.push(...recordFindings(directory, record, distInfo), ...tagFindings(wheel, filename, distInfo));
  return {
    filename: filename.filename,
    metadata: parseMetadata(members.get(`${distInfo}/METADATA`) ?? ''),
    wheel,
    entryPoints,
    topLevel: parseTopLevel(textOf('top_level.txt')),
    files,
    scripts: [...made.scripts, ...fileScripts(files, members)].sort((a, b) => compare(a.name, b.name)),
    startup: files.flatMap((file) => startupHook(file.path, file, members.get(file.path)) ?? []),
    nativeLibraries: files.map(({ path }) => path).filter(isNativeLibrary),
    dataSchemes: [...new Set(files.filter(isInData).map(({ scheme }) => scheme))].sort(),
    installedSize: files.reduce((sum, { size }) => sum + (size ?? 0), 0),
    findings,
  };
}

function attempt<Value>(read: () => Value, path: string, findings: Finding[]): Value | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidRecordError || error instanceof InvalidWheelFileError)) throw error;
    findings.push(finding('unreadable-file', path, error.message));
    return null;
  }
}

/** The files by the table of contents or, without one, by RECORD. */
function installedFiles(
  directory: ZipDirectory | null,
  record: readonly RecordEntry[],
  rootScheme: 'purelib' | 'platlib',
  scripts: readonly Script[],
  findings: Finding[],
): readonly InstalledFile[] {
  const recorded = new Map(record.map((entry) => [entry.path, entry]));
  const contained: Iterable<readonly [string, number | null]> =
    directory === null
      ? record.map(({ path, size }) => [path, size] as const)
      : new Map(directory.entries.map(({ name, size }) => [name, size] as const));
  const files: InstalledFile[] = [];
  for (const [path, size] of contained) {
    if (path.endsWith('/')) continue;
    const place = installPathOf(path, rootScheme);
    if (place === null) {
      findings.push(finding('unknown-data-scheme', path, 'a .data directory has a scheme that there is not'));
      continue;
    }
    if (place.scheme === 'scripts' && isWrapper(place.target, scripts)) continue;
    files.push({ path, ...place, size, hash: recorded.get(path)?.hash ?? null });
  }
  return files.sort((a, b) => compare(a.path, b.path));
}

function fileScripts(
  files: readonly InstalledFile[],
  members: ReadonlyMap<string, Uint8Array>,
): readonly Script[] {
  return files
    .filter(({ scheme }) => scheme === 'scripts')
    .map(({ target, path }) => ({ kind: 'file', name: target, path, shebang: shebangOf(members.get(path)) }));
}

function isInData({ path, target }: InstalledFile): boolean {
  return path !== target;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
