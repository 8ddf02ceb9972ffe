import { normalizeName } from '@pyplan/markers';
import {
  badField,
  type Fields,
  fieldsOf,
  optionalSize,
  optionalTable,
  optionalText,
  parsed,
  requiredText,
  tables,
  texts,
} from '../document/fields.ts';
import { readToml } from '../document/toml-read.ts';
import {
  compareFiles,
  compareText,
  type LockedDependency,
  type LockedFile,
  type LockedPackage,
  type LockedSet,
  type LockedSource,
} from '../locked-set.ts';
import { locationName } from '../pylock/pylock.ts';
import { withPartExtras } from './extra-markers.ts';
import { nameOf, newLockedPackage, newLockedSet, normalVersion, withoutCredentials } from './new-set.ts';
import { reachMarkers, type UvEdge, type UvNode, type UvStart } from './uv-graph.ts';

/**
 * A `uv.lock` (version 1). Packages that uv reaches from the project, or from the members of its workspace, get the
 * marker under which it does, with the project's extras and dependency groups. The project itself stays in the set as
 * the directory it is, unless it is virtual, which is never installed.
 *
 * @throws LockFormatError
 */
export function readUvLock(text: string, file = 'uv.lock'): LockedSet {
  const root = fieldsOf(file, '', readToml(file, text));
  if (optionalSize(root, 'version') !== 1)
    throw badField(root, 'version', 'expected version 1 of the uv.lock format');
  const entries = tables(root, 'package');
  const members = membersOf(root);
  const nodes = entries.map((fields) => readNode(fields, members));
  const start = readStart(root);
  const markers = reachMarkers(nodes, start);
  const roots = nodes.filter((node) => node.isRoot);
  return newLockedSet(
    'uv-lock',
    file,
    entries.flatMap((fields, index) => {
      const node = nodes[index];
      const marker = node === undefined ? undefined : markers.get(node);
      if (node === undefined || marker === undefined || isVirtual(fields)) return [];
      return [readPackage(fields, node, marker)];
    }),
    {
      createdBy: 'uv',
      requiresPython: optionalText(root, 'requires-python'),
      environments: texts(root, 'supported-markers'),
      extras: [...new Set(roots.flatMap((node) => [...node.extras.keys()]))].sort(compareText),
      dependencyGroups: [...new Set(roots.flatMap((node) => [...node.groups.keys()]))].sort(compareText),
    },
  );
}

function membersOf(root: Fields): ReadonlySet<string> {
  const manifest = optionalTable(root, 'manifest');
  return new Set(manifest === null ? [] : texts(manifest, 'members').map(normalizeName));
}

function readStart(root: Fields): UvStart {
  const manifest = optionalTable(root, 'manifest');
  return {
    edges: manifest === null ? [] : tables(manifest, 'requirements').map(readRequirement),
    groups: edgesByName(manifest === null ? null : optionalTable(manifest, 'dependency-groups')),
    requiresPython: optionalText(root, 'requires-python'),
  };
}

/** A requirement as the user wrote it: its specifier is met, and its `extras` are spelt so. */
function readRequirement(fields: Fields): UvEdge {
  return { ...readEdge(fields), version: null };
}

function readNode(fields: Fields, members: ReadonlySet<string>): UvNode {
  const source = optionalTable(fields, 'source');
  const version = optionalText(fields, 'version');
  const name = nameOf(fields);
  const isHere =
    source !== null && ['editable', 'virtual'].some((kind) => optionalText(source, kind) === '.');
  return {
    name,
    version: version === null ? null : normalVersion(version),
    isRoot: members.size > 0 ? members.has(name) : isHere,
    edges: tables(fields, 'dependencies').map(readEdge),
    extras: edgesByName(optionalTable(fields, 'optional-dependencies')),
    groups: edgesByName(optionalTable(fields, 'dev-dependencies')),
  };
}

function isVirtual(fields: Fields): boolean {
  const source = optionalTable(fields, 'source');
  return source !== null && optionalText(source, 'virtual') !== null;
}

function edgesByName(fields: Fields | null): ReadonlyMap<string, readonly UvEdge[]> {
  if (fields === null) return new Map();
  return new Map(
    Object.keys(fields.table).map((name) => [normalizeName(name), tables(fields, name).map(readEdge)]),
  );
}

/** An edge leads to a name, and where there are several of it, to a version or a source. */
function readEdge(fields: Fields): UvEdge {
  const marker = optionalText(fields, 'marker');
  const version = optionalText(fields, 'version');
  const extras = [...texts(fields, 'extra'), ...texts(fields, 'extras')];
  return {
    name: nameOf(fields),
    version: version === null ? null : normalVersion(version),
    extras: extras.map(normalizeName).sort(compareText),
    marker: marker === null ? null : parsed(fields, 'marker', marker, withPartExtras),
  };
}

function readPackage(fields: Fields, node: UvNode, marker: string | null): LockedPackage {
  const source = optionalTable(fields, 'source');
  const sdist = optionalTable(fields, 'sdist');
  const files = [
    ...(sdist === null ? [] : [readFile(sdist, 'sdist', node)]),
    ...tables(fields, 'wheels').map((wheel) => readFile(wheel, 'wheel', node)),
  ];
  return newLockedPackage(node.name, node.version, {
    marker,
    source: source === null ? { kind: 'index', index: null } : readSource(source),
    files: files.sort(compareFiles),
    dependencies: readDependencies(fields),
  });
}

function readDependencies(fields: Fields): readonly LockedDependency[] {
  const optional = optionalTable(fields, 'optional-dependencies');
  const edges = [
    ...tables(fields, 'dependencies'),
    ...(optional === null ? [] : Object.keys(optional.table).flatMap((extra) => tables(optional, extra))),
  ];
  const found = new Map<string, LockedDependency>();
  for (const edge of edges.map(readEdge)) found.set(JSON.stringify(edge), { ...edge, text: null });
  return [...found.values()].sort((a, b) => compareText(a.name, b.name));
}

/** `registry`, `git`, `url`, `path`, `directory`, `editable` or `virtual`. */
function readSource(source: Fields): LockedSource {
  const subdirectory = optionalText(source, 'subdirectory');
  const [kind = '', value = ''] =
    Object.keys(source.table)
      .filter((key) => key !== 'subdirectory')
      .map((key) => [key, withoutCredentials(requiredText(source, key))] as const)[0] ?? [];
  switch (kind) {
    case 'registry':
      return { kind: 'index', index: value };
    case 'url':
      return { kind: 'archive', location: { kind: 'url', url: value }, subdirectory };
    case 'path':
      return { kind: 'archive', location: { kind: 'path', path: value }, subdirectory };
    case 'git':
      return gitSource(value);
    case 'directory':
    case 'editable':
    case 'virtual':
      return { kind: 'directory', path: value, editable: kind === 'editable', subdirectory };
    default:
      throw badField(source, null, `expected a source that uv has, found ${JSON.stringify(kind)}`);
  }
}

/** `https://host/repo?subdirectory=a&rev=main#commit`. */
function gitSource(text: string): LockedSource {
  const [before = '', commit = ''] = text.split('#', 2);
  const [url = '', query = ''] = before.split('?', 2);
  const asked = new URLSearchParams(query);
  return {
    kind: 'vcs',
    type: 'git',
    location: { kind: 'url', url },
    commit: commit === '' ? null : commit,
    requestedRevision: asked.get('rev') ?? asked.get('tag') ?? asked.get('branch'),
    subdirectory: asked.get('subdirectory'),
  };
}

/** An archive's file at a URL has no URL of its own: the source has it. */
function readFile(fields: Fields, kind: 'wheel' | 'sdist', node: UvNode): LockedFile {
  const [url, path] = [optionalText(fields, 'url'), optionalText(fields, 'path')];
  const filename =
    optionalText(fields, 'filename') ?? locationName(path, url) ?? `${node.name}-${node.version}`;
  const hash = optionalText(fields, 'hash');
  const [algorithm = '', hex = ''] = (hash ?? '').split(':', 2);
  return {
    kind,
    filename,
    location: url !== null ? { kind: 'url', url } : path !== null ? { kind: 'path', path } : null,
    size: optionalSize(fields, 'size'),
    uploadTime: optionalText(fields, 'upload-time'),
    hashes: hash === null ? {} : { [algorithm]: hex },
    yanked: null,
  };
}
