import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  bestWheel,
  distributionFilenameReader,
  parseMetadata,
  readResolutionMetadata,
  type TagTarget,
  tagStrings,
  tagsFor,
  validateMetadata,
  type WheelFilename,
} from '@pyplan/wheel-meta';
import { alternate, type Contender, duration, median, ratio } from '../measure.ts';
import type { Peers } from '../peers.ts';
import { markdownTable } from '../table.ts';
import { metadataTexts, pageFilenames } from './snapshot-data.ts';

/** The target that wheels are chosen for. */
const linux312: TagTarget = {
  implementation: 'cpython',
  python: '3.12',
  freeThreaded: false,
  platform: { kind: 'manylinux', arch: 'x86_64', version: [2, 39] },
};

/** Pages with many files: for platforms, and pure. */
const pages = ['numpy', 'grpcio', 'cryptography', 'boto3', 'pydantic-core'];

/** Runs before those that are timed. */
const warmUps = 5;

/** How many METADATA files are parsed. */
const metadataCount = 500;

/** One thing measured: medians in milliseconds. */
interface LocalResult {
  readonly what: string;
  readonly ours: number;
  readonly peer: string;
  readonly theirs: number;
}

/** Medians of the peers, and what `packaging` chose. */
interface PeerAnswer {
  readonly best: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly pages: Readonly<Record<string, number>>;
  readonly email: number;
  readonly parse_email: number;
  readonly from_email: number;
}

/** Choosing wheels and parsing METADATA, beside `packaging` and Python's `email`, in one process each. */
export async function runLocalBench(
  snapshot: string,
  peers: Peers,
  runs: number,
): Promise<{ readonly markdown: string; readonly data: readonly LocalResult[] }> {
  const filenames = pageFilenames(snapshot, pages);
  const metadata = metadataTexts(snapshot, metadataCount);
  const tags = tagStrings(tagsFor(linux312));
  const theirs = await askPeer(peers, { filenames, tags, metadata, runs });
  const results: LocalResult[] = [];
  for (const [page, files] of Object.entries(filenames)) {
    checkSameChoice(page, files, theirs);
    const { ours } = await warmed({ ours: () => bestByVersion(page, files) }, runs);
    results.push({
      what: `best wheels of ${page} (${files.length} files)`,
      ours: median(ours),
      peer: 'packaging',
      theirs: theirs.pages[page] ?? Number.NaN,
    });
  }
  const times = await warmed(
    {
      whole: () => metadata.map((text) => parseMetadata(text)),
      fast: () => metadata.map((text) => readResolutionMetadata(text)),
      validated: () => metadata.map((text) => validateMetadata(parseMetadata(text))),
    },
    runs,
  );
  const parse = `of ${metadata.length} METADATA`;
  results.push(
    {
      what: `all fields ${parse}`,
      ours: median(times.whole),
      peer: 'packaging parse_email',
      theirs: theirs.parse_email,
    },
    { what: `all fields ${parse}`, ours: median(times.whole), peer: 'email.parser', theirs: theirs.email },
    {
      what: `what resolving needs ${parse}`,
      ours: median(times.fast),
      peer: 'email.parser',
      theirs: theirs.email,
    },
    {
      what: `validation ${parse}`,
      ours: median(times.validated),
      peer: 'packaging from_email',
      theirs: theirs.from_email,
    },
  );
  const rows = results.map(({ what, ours, peer, theirs: time }) => [
    what,
    ...[duration(ours), `${peer} ${duration(time)}`, ratio(ours, time)],
  ]);
  return { markdown: markdownTable(['what', 'ours', 'peer', 'ours / peer'], rows), data: results };
}

/** Times contenders once they have run often enough to be compiled. */
async function warmed<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  runs: number,
): ReturnType<typeof alternate<Name>> {
  await alternate(contenders, warmUps);
  return alternate(contenders, runs);
}

/** The best wheel of each version, from nothing but file names: tags made, names parsed, all of it each time. */
export function bestByVersion(page: string, filenames: readonly string[]): ReadonlyMap<string, string> {
  const set = tagsFor(linux312);
  const versions = new Map<string, WheelFilename[]>();
  const read = distributionFilenameReader(page);
  for (const filename of filenames) {
    const file = read(filename);
    if (file.kind !== 'wheel') continue;
    const list = versions.get(file.version.text);
    if (list === undefined) versions.set(file.version.text, [file]);
    else list.push(file);
  }
  const best = new Map<string, string>();
  for (const [version, files] of versions) {
    const wheel = bestWheel(files, set);
    if (wheel !== null) best.set(version, wheel.filename);
  }
  return best;
}

function checkSameChoice(page: string, filenames: readonly string[], theirs: PeerAnswer): void {
  const ours = Object.fromEntries(bestByVersion(page, filenames));
  if (!isDeepStrictEqual(ours, theirs.best[page]))
    throw new Error(`packaging chooses other wheels of ${page}`);
}

function askPeer(peers: Peers, request: unknown): Promise<PeerAnswer> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'peer.py');
    const child = spawn(peers.program('python'), [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    let answer = '';
    child.stdout.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(answer));
      else reject(new Error(`${script} ended with ${code}`));
    });
    child.stdin.end(JSON.stringify(request));
  });
}
