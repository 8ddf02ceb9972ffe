import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { compareMirrorVersions, mirrorVersion, versionInFilename } from './mirror-version.ts';
import { zipArchive } from './zip-archive.ts';

/** A file as a recorded page lists it (Simple repository API, JSON). */
export interface RecordedFile {
  readonly filename: string;
  readonly hashes: Readonly<Record<string, string>>;
  readonly 'requires-python'?: string | null;
  readonly size?: number;
  readonly 'upload-time'?: string | null;
  readonly yanked?: boolean | string;
  readonly 'core-metadata'?: boolean | Readonly<Record<string, string>>;
  /** Relative to the page. */
  readonly url: string;
}

export interface RecordedPage {
  readonly name: string;
  readonly files: readonly RecordedFile[];
}

/** The recorded index, answering as the mirror does, without Python and without HTTP. */
export interface RecordedSnapshot {
  /** The bytes of a project's page by normalised name; null where there is none. */
  pageBytes(name: string): Buffer | null;
  /** The page's JSON, parsed once. */
  page(name: string): RecordedPage | null;
  /** The sidecar of a wheel: the recorded one, or the mirror's stand-in; null where it is not listed. */
  metadata(name: string, filename: string): Buffer | null;
}

interface Order {
  /** Ranks that have a recorded sidecar, ascending, each with the file it is of. */
  readonly recorded: readonly (readonly [rank: number, filename: string])[];
  readonly rankOf: ReadonlyMap<string, number>;
  readonly files: ReadonlyMap<string, RecordedFile>;
  readonly name: string;
}

/** Opens `directory/data/simple.zip` and `metadata.zip`. */
export function openRecordedSnapshot(directory: string): RecordedSnapshot {
  const simple = zipArchive(join(directory, 'data', 'simple.zip'));
  const sidecars = zipArchive(join(directory, 'data', 'metadata.zip'));
  const recordedOf = new Map<string, string[]>();
  for (const member of sidecars.names) {
    const slash = member.indexOf('/');
    const name = member.slice(0, slash);
    const filename = member.slice(slash + 1, -'.metadata'.length);
    const known = recordedOf.get(name);
    if (known === undefined) recordedOf.set(name, [filename]);
    else known.push(filename);
  }
  const pages = new Map<string, RecordedPage | null>();
  const orders = new Map<string, Order>();

  const page = (name: string): RecordedPage | null => {
    let found = pages.get(name);
    if (found === undefined) {
      const bytes = simple.read(`${name}.json`);
      found = bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as RecordedPage);
      pages.set(name, found);
    }
    return found;
  };
  const orderOf = (name: string, found: RecordedPage): Order => {
    let order = orders.get(name);
    if (order === undefined) {
      order = orderVersions(found, recordedOf.get(name) ?? []);
      orders.set(name, order);
    }
    return order;
  };
  return {
    pageBytes: (name) => simple.read(`${name}.json`),
    page,
    metadata(name, filename) {
      const sidecar = sidecars.read(`${name}/${filename}.metadata`);
      if (sidecar !== null) return sidecar;
      const found = filename.endsWith('.whl') ? page(name) : null;
      if (found === null) return null;
      return synthesise(orderOf(name, found), filename, (near) => sidecars.read(`${name}/${near}.metadata`));
    },
  };
}

function orderVersions(page: RecordedPage, recordedFiles: readonly string[]): Order {
  const keyed = page.files.map(({ filename }) => ({
    filename,
    key: mirrorVersion(versionInFilename(filename)),
  }));
  keyed.sort((a, b) => compareMirrorVersions(a.key, b.key));
  const rankOf = new Map<string, number>();
  let rank = -1;
  let last: (typeof keyed)[number] | null = null;
  for (const item of keyed) {
    if (last === null || compareMirrorVersions(last.key, item.key) !== 0) rank += 1;
    rankOf.set(item.filename, rank);
    last = item;
  }
  const firstOfRank = new Map<number, string>();
  for (const filename of [...recordedFiles].sort()) {
    const at = rankOf.get(filename);
    if (at === undefined) throw new Error(`the snapshot has a sidecar of ${filename}, which no page lists`);
    if (!firstOfRank.has(at)) firstOfRank.set(at, filename);
  }
  return {
    recorded: [...firstOfRank].sort(([a], [b]) => a - b),
    rankOf,
    files: new Map(page.files.map((file) => [file.filename, file])),
    name: page.name,
  };
}

/** The mirror's stand-in for a sidecar that was not recorded: the nearest recorded version's, renamed. */
function synthesise(
  order: Order,
  filename: string,
  sidecar: (filename: string) => Buffer | null,
): Buffer | null {
  const file = order.files.get(filename);
  if (file === undefined) return null;
  let name = order.name;
  let requiresPython = file['requires-python'] || null;
  const lines: string[] = [];
  const nearest = nearestRecorded(order, order.rankOf.get(filename) ?? 0);
  if (nearest !== null) {
    for (const line of headerLines(sidecar(nearest)?.toString('utf8') ?? '')) {
      const colon = line.indexOf(':');
      const field = (colon < 0 ? line : line.slice(0, colon)).toLowerCase();
      if (field === 'requires-dist' || field === 'provides-extra') lines.push(line);
      else if (field === 'requires-python' && requiresPython === null) {
        requiresPython = line.slice(colon + 1).trim() || null;
      } else if (field === 'name') name = line.slice(colon + 1).trim();
    }
  }
  if (requiresPython !== null) lines.unshift(`Requires-Python: ${requiresPython}`);
  const version = versionInFilename(filename);
  const head = [
    'Metadata-Version: 2.2',
    `Name: ${name}`,
    `Version: ${version.includes('+') ? version : version.replace('_', '+')}`,
  ];
  return Buffer.from([...head, ...lines, '', ''].join('\n'));
}

/** Nearest by places in the list of versions; of two equally near the newer. */
function nearestRecorded(order: Order, rank: number): string | null {
  let best: readonly [rank: number, filename: string] | null = null;
  for (const candidate of order.recorded) {
    if (best === null || Math.abs(candidate[0] - rank) <= Math.abs(best[0] - rank)) best = candidate;
  }
  return best?.[1] ?? null;
}

function headerLines(text: string): readonly string[] {
  const head = text.replaceAll('\r\n', '\n').split('\n\n', 1)[0] ?? '';
  return head.replace(/\n[ \t]+/g, ' ').split('\n');
}

/** Lower-case hex sha256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
