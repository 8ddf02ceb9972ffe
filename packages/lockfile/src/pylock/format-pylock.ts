import type { Hashes } from '@pyplan/resolver';
import {
  tomlDateTime,
  tomlInline,
  tomlInlinePairs,
  tomlString,
  tomlTable,
  tomlTableItem,
} from '../document/toml-write.ts';
import { compareText } from '../locked-set.ts';
import { locationName, type Pylock, type PylockFile, type PylockPackage } from './pylock.ts';

type Pair = readonly [key: string, toml: string];

/**
 * The text of a `pylock.toml`: keys in the specification's order, a file a line, so that a change is a small diff.
 *
 * Upload times are written to the millisecond, which is what every TOML reader keeps.
 */
export function formatPylock(lock: Pylock): string {
  const top = [
    ...text('lock-version', lock.lockVersion),
    ...list('environments', lock.environments.map(tomlString)),
    ...text('requires-python', lock.requiresPython),
    ...flatList('extras', lock.extras),
    ...flatList('dependency-groups', lock.dependencyGroups),
    ...flatList('default-groups', lock.defaultGroups),
    ...text('created-by', lock.createdBy),
    ...(lock.packages.length === 0 ? ['packages = []'] : []),
  ];
  const lines = [
    ...top,
    ...lock.packages.flatMap(packageLines),
    ...(lock.tool === null ? [] : tomlTable('tool', lock.tool)),
  ];
  return `${lines.join('\n')}\n`;
}

function packageLines(item: PylockPackage): readonly string[] {
  return [
    '',
    '[[packages]]',
    ...text('name', item.name),
    ...text('version', item.version),
    ...text('marker', item.marker),
    ...text('requires-python', item.requiresPython),
    ...list('dependencies', item.dependencies.map(tomlInline)),
    ...inlineTable('vcs', item.vcs === null ? null : vcsPairs(item.vcs)),
    ...inlineTable('directory', item.directory === null ? null : directoryPairs(item.directory)),
    ...inlineTable('archive', item.archive === null ? null : archivePairs(item.archive)),
    ...text('index', item.index),
    ...inlineTable('sdist', item.sdist === null ? null : filePairs(item.sdist)),
    ...list(
      'wheels',
      item.wheels.map((wheel) => tomlInlinePairs(filePairs(wheel))),
    ),
    ...item.attestationIdentities.flatMap((identity) =>
      tomlTableItem('packages.attestation-identities', identity),
    ),
    ...(item.tool === null ? [] : tomlTable('packages.tool', item.tool)),
  ];
}

function vcsPairs(vcs: NonNullable<PylockPackage['vcs']>): readonly Pair[] {
  return [
    ...textPair('type', vcs.type),
    ...textPair('url', vcs.url),
    ...textPair('path', vcs.path),
    ...textPair('requested-revision', vcs.requestedRevision),
    ...textPair('commit-id', vcs.commitId),
    ...textPair('subdirectory', vcs.subdirectory),
  ];
}

function directoryPairs(directory: NonNullable<PylockPackage['directory']>): readonly Pair[] {
  return [
    ...textPair('path', directory.path),
    ...(directory.editable ? [['editable', 'true'] as const] : []),
    ...textPair('subdirectory', directory.subdirectory),
  ];
}

function archivePairs(archive: NonNullable<PylockPackage['archive']>): readonly Pair[] {
  return [
    ...textPair('url', archive.url),
    ...textPair('path', archive.path),
    ...sizePair(archive.size),
    ...timePair(archive.uploadTime),
    ...hashesPair(archive.hashes),
    ...textPair('subdirectory', archive.subdirectory),
  ];
}

function filePairs(file: PylockFile): readonly Pair[] {
  const implied = locationName(file.path, file.url);
  return [
    ...textPair('name', implied === file.filename ? null : file.filename),
    ...timePair(file.uploadTime),
    ...textPair('url', file.url),
    ...textPair('path', file.path),
    ...sizePair(file.size),
    ...hashesPair(file.hashes),
  ];
}

function timePair(iso: string | null): readonly Pair[] {
  const toml = iso === null ? null : tomlDateTime(iso);
  return toml === null ? [] : [['upload-time', toml]];
}

function sizePair(size: number | null): readonly Pair[] {
  return size === null ? [] : [['size', String(size)]];
}

function hashesPair(hashes: Hashes): readonly Pair[] {
  const sorted = Object.entries(hashes).sort(([a], [b]) => compareText(a, b));
  return [['hashes', tomlInlinePairs(sorted.map(([algorithm, hex]) => [algorithm, tomlString(hex)]))]];
}

function textPair(key: string, value: string | null): readonly Pair[] {
  return value === null ? [] : [[key, tomlString(value)]];
}

function text(key: string, value: string | null): readonly string[] {
  return value === null ? [] : [`${key} = ${tomlString(value)}`];
}

function inlineTable(key: string, pairs: readonly Pair[] | null): readonly string[] {
  return pairs === null ? [] : [`${key} = ${tomlInlinePairs(pairs)}`];
}

/** A list with an item a line; nothing where it is empty. */
function list(key: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  return [`${key} = [`, ...items.map((item) => `    ${item},`), ']'];
}

function flatList(key: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${key} = [${items.map(tomlString).join(', ')}]`];
}
