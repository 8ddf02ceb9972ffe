import type { PackageId } from './incompatibility.ts';

/**
 * What a package of the solver stands for.
 *
 * `proxy` is a project asked for with an extra: it depends on `project` and on `extra` at its own
 * version, so that neither is tried at a version that the other doesn't have.
 */
export type PackageNode =
  | { readonly kind: 'root' }
  | { readonly kind: 'project'; readonly project: string }
  | { readonly kind: 'proxy'; readonly project: string; readonly extra: string }
  | { readonly kind: 'extra'; readonly project: string; readonly extra: string };

/** Packages by number, each once. Number 0 is the root. */
export interface PackageStore {
  readonly nodes: PackageNode[];
  readonly ids: Map<string, PackageId>;
}

export const rootPackage: PackageId = 0;

export function newPackageStore(): PackageStore {
  return { nodes: [{ kind: 'root' }], ids: new Map() };
}

export function packageId(store: PackageStore, node: Exclude<PackageNode, { kind: 'root' }>): PackageId {
  const key = node.kind === 'project' ? node.project : `${node.project}[${node.extra}]${node.kind}`;
  const known = store.ids.get(key);
  if (known !== undefined) return known;
  const id = store.nodes.push(node) - 1;
  store.ids.set(key, id);
  return id;
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
