import type { PackageId } from './incompatibility.ts';

/**
 * What a package of the solver stands for.
 *
 * A `package` is a project, an extra of it, or either as asked for under a marker (its text). A `proxy`
 * is a project asked for with an extra or under a marker: it depends on the project and on what was
 * asked for, at its own version, so that neither is tried at a version that the other doesn't have.
 */
export type PackageNode =
  | { readonly kind: 'root' }
  | {
      readonly kind: 'package' | 'proxy';
      readonly project: string;
      /** Normalised; null for the project itself. */
      readonly extra: string | null;
      /** Empty for none. */
      readonly marker: string;
    };

/** Packages by number, each once. Number 0 is the root. */
export interface PackageStore {
  readonly nodes: PackageNode[];
  readonly ids: Map<string, PackageId>;
}

export const rootPackage: PackageId = 0;

export function newPackageStore(): PackageStore {
  return { nodes: [{ kind: 'root' }], ids: new Map() };
}

export function packageId(
  store: PackageStore,
  kind: 'package' | 'proxy',
  project: string,
  extra: string | null,
  marker: string,
): PackageId {
  const plain = kind === 'package' && extra === null && marker === '';
  const key = plain ? project : `${kind} ${project} ${extra ?? ''} ${marker}`;
  const known = store.ids.get(key);
  if (known !== undefined) return known;
  const id = store.nodes.push({ kind, project, extra, marker }) - 1;
  store.ids.set(key, id);
  return id;
}

/** The number of the project itself. */
export function projectId(store: PackageStore, project: string): PackageId {
  return packageId(store, 'package', project, null, '');
}

export function nodeOf(store: PackageStore, id: PackageId): PackageNode {
  const node = store.nodes[id];
  if (node === undefined) throw new Error(`invariant: no package ${id}`);
  return node;
}

/** The project a package belongs to; null for the root. */
export function projectOf(store: PackageStore, id: PackageId): string | null {
  const node = nodeOf(store, id);
  return node.kind === 'root' ? null : node.project;
}
