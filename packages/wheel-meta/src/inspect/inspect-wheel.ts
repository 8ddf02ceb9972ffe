import { parseWheelFilename, type WheelFilename } from '../filename/wheel-filename.ts';
import type { Fetch } from '../remote/http.ts';
import { limitsOf, readRemote } from '../remote/read-remote.ts';
import { zipPlan } from '../remote/remote-zip.ts';
import type { RemoteOptions, TransferReport } from '../remote/transfer.ts';
import { checkedMetadata, distInfoOf, filenameOfUrl } from '../wheel/dist-info.ts';
import { readZip } from '../wheel/read-wheel.ts';
import { InvalidRecordError, parseRecord } from '../wheel/record.ts';
import type { StreamWish } from '../zip/archive-stream.ts';
import type { ZipDirectory, ZipEntry } from '../zip/central-directory.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { entryNamed, missingMember } from '../zip/zip-members.ts';
import { inspectMembers, type WheelInspection } from './inspect-members.ts';
import { installPathOf } from './install-path.ts';
import { startupHook } from './startup.ts';

/** What of the dist-info an inspection reads. */
const described: readonly string[] = ['METADATA', 'WHEEL', 'RECORD', 'entry_points.txt', 'top_level.txt'];
/** A script longer than this when packed is taken for a program in machine code, and not read. */
const maxScript = 16 * 1024;
/** Of more scripts and startup files than this the rest is not read. */
const maxTelling = 500;

/** An inspection of a remote wheel, and what it took. */
export interface RemoteInspection {
  readonly inspection: WheelInspection;
  readonly transfer: TransferReport;
}

/**
 * Says what installing a wheel at hand would write where, without writing anything.
 *
 * @throws BadArchiveError, InvalidWheelFilenameError
 */
export function inspectWheel(
  bytes: Uint8Array,
  filename: string,
  limits: Partial<ArchiveLimits> = {},
): WheelInspection {
  const wheel = parseWheelFilename(filename);
  const bounds = limitsOf({ limits });
  const { directory, members } = readZip(bytes, limits, (found) => inspectedEntries(found, wheel));
  return inspect(wheel, directory, members, bounds);
}

/**
 * Says what installing a remote wheel would write where, by its table of contents, METADATA, WHEEL, RECORD
 * and entry points alone. Of a server without ranges, by what RECORD lists.
 *
 * @throws RemoteArchiveError, BadArchiveError, InvalidWheelFilenameError
 */
export async function inspectRemoteWheel(
  url: string,
  fetch: Fetch,
  options: RemoteOptions = {},
): Promise<RemoteInspection> {
  const filename = options.filename ?? filenameOfUrl(url);
  const wheel = parseWheelFilename(filename);
  const select = (directory: ZipDirectory): readonly ZipEntry[] => inspectedEntries(directory, wheel);
  const plan = zipPlan(filename, options, { select, ...streamedWish });
  const { value, transfer } = await readRemote(url, fetch, options, plan);
  return { inspection: inspect(wheel, value.directory, value.members, limitsOf(options)), transfer };
}

function inspect(
  filename: WheelFilename,
  directory: ZipDirectory | null,
  members: ReadonlyMap<string, Uint8Array>,
  limits: ArchiveLimits,
): WheelInspection {
  const names = directory === null ? members.keys() : directory.entries.map(({ name }) => name);
  const distInfo = distInfoOf(names, filename);
  const member = `${distInfo}/METADATA`;
  const metadata = members.get(member);
  if (metadata === undefined) throw missingMember(member);
  checkedMetadata(metadata, member, filename);
  return inspectMembers({ filename, distInfo, directory, members }, limits);
}

/** The entries to read: those of the dist-info, small scripts, and what is read when Python starts. */
function inspectedEntries(directory: ZipDirectory, wheel: WheelFilename): readonly ZipEntry[] {
  const distInfo = distInfoOf(
    directory.entries.map(({ name }) => name),
    wheel,
  );
  return [
    ...described.flatMap((name) => entryNamed(directory, `${distInfo}/${name}`) ?? []),
    ...directory.entries.filter(isTellingEntry).slice(0, maxTelling),
  ];
}

function isTellingEntry({ name, compressedSize }: ZipEntry): boolean {
  return compressedSize <= maxScript && isTelling(name);
}

/** Whether what the file holds matters to an inspection: its shebang, or whether it runs code. */
function isTelling(path: string): boolean {
  const place = installPathOf(path, 'purelib');
  if (place === null || place.target === '' || path.endsWith('/')) return false;
  return place.scheme === 'scripts' || startupHook(path, place, undefined)?.runsCode === null;
}

/** What to take from a stream: the same, until all of it that RECORD lists has come. */
const streamedWish: StreamWish = {
  wanted: (name) => isDescribed(name) || isTelling(name),
  enough: (found) => {
    const [record] = [...found].filter(([name]) => isDescribed(name) && name.endsWith('/RECORD'));
    if (record === undefined) return false;
    const listed = listedIn(record[1]).filter((path) => isDescribed(path) || isTelling(path));
    return listed.every((path) => found.has(path));
  },
};

function isDescribed(name: string): boolean {
  const [directory = '', member = '', ...deeper] = name.split('/');
  return deeper.length === 0 && directory.endsWith('.dist-info') && described.includes(member);
}

function listedIn(record: Uint8Array): readonly string[] {
  try {
    return parseRecord(new TextDecoder().decode(record)).map(({ path }) => path);
  } catch (error) {
    // Told as a finding later; here it only means that the stream is not read beyond it.
    if (error instanceof InvalidRecordError) return [];
    throw error;
  }
}
