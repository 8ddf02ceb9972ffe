import { gzipSync } from 'node:zlib';
import { BadArchiveError, inspectWheel, readSdist, readWheelMetadata } from '../../src/index.ts';
import { defaultLimits } from '../../src/zip/limits.ts';
import { zipStream } from '../../src/zip/zip-stream.ts';
import { buildTar, paxMember } from '../support/tar-builder.ts';
import { buildZip, fooMetadata, wheelMembers } from '../support/zip-builder.ts';
import { mutate, type Random, seededRandom } from './mutate.ts';

/** One kind of archive, and a way to read it that must give its metadata or a named error. */
interface Reader {
  readonly name: string;
  readonly base: Uint8Array;
  /** The metadata that was read, as text; null for none. */
  read(bytes: Uint8Array, random: Random): string | null;
  /** Whether damage to the metadata can't go unnoticed. */
  readonly checked: boolean;
}

const wheelName = 'foo-1.0-py3-none-any.whl';
const sdistName = 'foo-1.0.tar.gz';
const pkgInfo = fooMetadata.replace('2.1', '2.2');
const text = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : new TextDecoder().decode(bytes);

const zips = {
  plain: buildZip(wheelMembers(300)),
  zip64: buildZip(
    wheelMembers().map((member) => ({ ...member, zip64: true })),
    { zip64: true },
  ),
  descriptors: buildZip(wheelMembers().map((member) => ({ ...member, descriptor: 'signed' as const }))),
  prefixed: buildZip(wheelMembers(), {
    prefix: new Uint8Array(50).fill(0x50),
    comment: new Uint8Array(30).fill(0x4b),
  }),
};
const tar = buildTar([
  { name: 'foo-1.0/', type: '5' },
  { name: 'foo-1.0/setup.py', data: 'setup()\n' },
  ...paxMember('foo-1.0/PKG-INFO', pkgInfo),
  { name: 'foo-1.0/pyproject.toml', data: '[project]\nname = "foo"\n' },
]);

const byDirectory: readonly Reader[] = Object.entries(zips).map(([name, base]) => ({
  name: `wheel, ${name}`,
  base,
  checked: true,
  read: (bytes) => text(readWheelMetadata(bytes, wheelName).bytes),
}));

const byStream: readonly Reader[] = Object.entries(zips).map(([name, base]) => ({
  name: `stream, ${name}`,
  base,
  checked: true,
  read: (bytes, random) => {
    const path = 'foo-1.0.dist-info/METADATA';
    const reader = zipStream(
      { wanted: (member) => member === path, enough: (found) => found.size > 0 },
      defaultLimits,
    );
    for (let at = 0; at < bytes.length; ) {
      const size = 1 + random(300);
      if (reader.push(bytes.subarray(at, at + size))) return text(reader.found.get(path));
      at += size;
    }
    reader.end();
    return text(reader.found.get(path));
  },
}));

const readers: readonly Reader[] = [
  ...byDirectory,
  ...byStream,
  {
    name: 'inspection',
    base: zips.plain,
    checked: false,
    read: (bytes) => (inspectWheel(bytes, wheelName).metadata.name === null ? null : fooMetadata),
  },
  {
    name: 'sdist, gzip changed',
    base: new Uint8Array(gzipSync(tar)),
    checked: true,
    read: (bytes) => text(readSdist(bytes, sdistName).pkgInfo?.bytes),
  },
  {
    name: 'sdist, tar changed',
    base: tar,
    checked: false,
    read: (bytes) => text(readSdist(new Uint8Array(gzipSync(bytes)), sdistName).pkgInfo?.bytes),
  },
];

/** What a run of cases came to. */
export interface FuzzResult {
  readonly errors: number;
  readonly answers: number;
  /** What must not be: each names its case so that it can be run again. */
  readonly failures: readonly string[];
  /** The slowest case, in milliseconds. */
  readonly slowest: number;
}

/** Runs `count` cases from the seed on; case `n` of a seed is always the same. */
export function runFuzz(seed: number, count: number, each: () => void = () => undefined): FuzzResult {
  const failures: string[] = [];
  let errors = 0;
  let answers = 0;
  let slowest = 0;
  for (let index = 0; index < count; index++) {
    const random = seededRandom(seed + index);
    const reader = readers[index % readers.length];
    if (reader === undefined) break;
    const bytes = mutate(reader.base, random);
    const start = performance.now();
    const outcome = attempt(reader, bytes, random);
    slowest = Math.max(slowest, performance.now() - start);
    each();
    if (outcome === 'error') errors++;
    else if (outcome === 'answer') answers++;
    else failures.push(`seed ${seed + index} (${reader.name}): ${outcome}`);
  }
  return { errors, answers, failures, slowest };
}

function attempt(reader: Reader, bytes: Uint8Array, random: Random): string {
  try {
    const found = reader.read(bytes, random);
    if (reader.checked && found !== null && found !== fooMetadata && found !== pkgInfo) {
      return `damage went unnoticed: ${JSON.stringify(found)}`;
    }
    return 'answer';
  } catch (error) {
    if (error instanceof BadArchiveError && error.message !== '') return 'error';
    return `unnamed error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
