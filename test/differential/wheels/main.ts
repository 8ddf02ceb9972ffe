import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readRemoteMembers, readRemoteMetadata, readRemoteSdist, readSdist } from '@pyplan/wheel-meta';
import { always200, exactRanges, serve } from '../../../packages/wheel-meta/test/support/servers.ts';
import { metadataDifferences, sha256, type WheelAnswer, wheelDifferences } from './compare-wheel.ts';
import { startOracle } from './oracle.ts';

/*
 * Compares what this package says of real wheels and sdists with what zipfile, packaging.metadata and a
 * real `pip install --target` say, file by file.
 *
 *     node test/differential/wheels/main.ts [directory…]
 *
 * Without directories: the whole files of the snapshot in ../shared.
 */

const given = process.argv.slice(2).map((directory) => resolve(directory));
const directories =
  given.length > 0 ? given : [resolve(import.meta.dirname, '../../../../shared/snapshot/files')];

const oracle = startOracle();
let passed = 0;
let failed = 0;
for (const directory of directories) {
  if (!existsSync(directory)) throw new Error(`${directory} does not exist`);
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(directory, file);
    const differences = file.endsWith('.whl')
      ? await wheelCase(path)
      : /\.(?:tar\.gz|zip)$/.test(file)
        ? await sdistCase(path)
        : null;
    if (differences === null) continue;
    if (differences.length === 0) passed++;
    else failed++;
    for (const difference of differences) console.log(`${basename(path)}: ${difference}`);
  }
}
oracle.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function wheelCase(path: string): Promise<readonly string[]> {
  const bytes = new Uint8Array(readFileSync(path));
  const filename = basename(path);
  const answer = (await oracle.ask({ kind: 'wheel', path })) as WheelAnswer & { readonly member: string };
  const differences = [...wheelDifferences(bytes, filename, answer)];
  const server = await serve(exactRanges, bytes, filename);
  const record = answer.member.replace('METADATA', 'RECORD');
  const { members, directory } = await readRemoteMembers(server.url, [answer.member, record], fetch);
  await server.close();
  const metadata = members.get(answer.member) ?? new Uint8Array();
  const plain = await serve(always200, bytes, filename);
  const streamed = await readRemoteMetadata(plain.url, fetch);
  await plain.close();
  if (sha256(streamed.bytes) !== answer.metadata_sha256)
    differences.push('METADATA differs when read from a stream');
  if (sha256(metadata) !== answer.metadata_sha256)
    differences.push('METADATA differs from what zipfile reads');
  if (sha256(members.get(record) ?? new Uint8Array()) !== answer.record_sha256) {
    differences.push('RECORD differs from what zipfile reads');
  }
  const entries = Object.fromEntries(
    (directory?.entries ?? []).map(({ name, size, crc32 }) => [name, [size, crc32]]),
  );
  if (JSON.stringify(entries) !== JSON.stringify(answer.entries))
    differences.push('the table of contents differs');
  return [...differences, ...metadataDifferences(metadata, answer.metadata)];
}

async function sdistCase(path: string): Promise<readonly string[]> {
  const bytes = new Uint8Array(readFileSync(path));
  const filename = basename(path);
  const answer = (await oracle.ask({ kind: 'sdist', path })) as Readonly<Record<string, string | null>>;
  const local = readSdist(bytes, filename);
  const server = await serve(exactRanges, bytes, filename);
  const remote = await readRemoteSdist(server.url, fetch);
  await server.close();
  const digest = (found: Uint8Array | null | undefined): string | null =>
    found == null ? null : sha256(found);
  const differences: string[] = [];
  for (const [how, found] of Object.entries({ local, remote })) {
    if (digest(found.pkgInfo?.bytes) !== answer['PKG-INFO']) differences.push(`PKG-INFO differs (${how})`);
    const pyproject = digest(found.pyproject);
    // From a stream, pyproject.toml is only looked for where PKG-INFO is not static.
    if (pyproject !== answer['pyproject.toml'] && !(how === 'remote' && pyproject === null)) {
      differences.push(`pyproject.toml differs (${how})`);
    }
  }
  return differences;
}
