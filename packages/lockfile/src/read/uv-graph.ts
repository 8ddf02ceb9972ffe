import {
  createMarkerAlgebra,
  formatMarker,
  type MarkerAlgebra,
  type MarkerSet,
  parseMarker,
  platformFacts,
} from '@pyplan/markers';
import { finalPythonMarker, pythonMarker } from './python-marker.ts';

/** An entry of a uv.lock, as far as the graph goes. */
export interface UvNode {
  readonly name: string;
  readonly version: string | null;
  /** The project, or a member of its workspace: where everything starts. */
  readonly isRoot: boolean;
  readonly edges: readonly UvEdge[];
  readonly extras: ReadonlyMap<string, readonly UvEdge[]>;
  readonly groups: ReadonlyMap<string, readonly UvEdge[]>;
}

export interface UvEdge {
  readonly name: string;
  /** Null where the lock has one version of the name only. */
  readonly version: string | null;
  readonly extras: readonly string[];
  /** With the project's extras and groups as lock files have them. */
  readonly marker: string | null;
}

/** Where it starts, beside the nodes that are roots: requirements of a script, groups of a workspace without project. */
export interface UvStart {
  readonly edges: readonly UvEdge[];
  readonly groups: ReadonlyMap<string, readonly UvEdge[]>;
  readonly requiresPython: string | null;
}

/** A node with one of its extras, or without ('' then), and the environments that reach it. */
interface Reach {
  readonly node: UvNode;
  readonly extra: string;
  set: MarkerSet;
}

/**
 * The marker under which each node is reached; null where it always is. Nodes that nothing reaches are left out.
 *
 * Environments spread from the roots along the edges until nothing changes; cycles of packages end so.
 */
export function reachMarkers(nodes: readonly UvNode[], start: UvStart): ReadonlyMap<UvNode, string | null> {
  const algebra = createMarkerAlgebra({ theory: platformFacts() });
  const byName = Map.groupBy(nodes, (node) => node.name);
  const reached = new Map<UvNode, Map<string, Reach>>();
  const queue: Reach[] = [];
  const markerSet = cachedSets(algebra);

  function reach(node: UvNode, extra: string, set: MarkerSet): void {
    const extras = reached.get(node) ?? new Map<string, Reach>();
    reached.set(node, extras);
    const known = extras.get(extra);
    if (known === undefined) {
      const added = { node, extra, set };
      extras.set(extra, added);
      queue.push(added);
      return;
    }
    if (algebra.isSubset(set, known.set)) return;
    known.set = algebra.or(known.set, set);
    queue.push(known);
  }

  function follow(edges: readonly UvEdge[], from: MarkerSet): void {
    for (const edge of edges) {
      const set = algebra.and(from, markerSet(edge.marker));
      if (algebra.isEmpty(set)) continue;
      const targets = byName.get(edge.name) ?? [];
      for (const node of targets.filter(({ version }) => edge.version === null || version === edge.version)) {
        for (const extra of ['', ...edge.extras]) reach(node, extra, set);
      }
    }
  }

  for (const node of nodes.filter(({ isRoot }) => isRoot)) {
    reach(node, '', algebra.full);
    for (const extra of node.extras.keys()) reach(node, extra, markerSet(`'${extra}' in extras`));
    for (const [group, edges] of node.groups) follow(edges, markerSet(`'${group}' in dependency_groups`));
  }
  follow(start.edges, algebra.full);
  for (const [group, edges] of start.groups) follow(edges, markerSet(`'${group}' in dependency_groups`));
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    follow(item.extra === '' ? item.node.edges : (item.node.extras.get(item.extra) ?? []), item.set);
  }
  const universe = algebra.and(
    markerSet(pythonMarker(start.requiresPython)),
    markerSet(finalPythonMarker(start.requiresPython)),
  );
  const texts = new Map<MarkerSet, string | null>();
  return new Map(
    [...reached].map(([node, extras]) => {
      // An extra's environments count for its package.
      const set = algebra.or(...[...extras.values()].map((item) => item.set));
      const text = texts.has(set) ? (texts.get(set) ?? null) : markerText(algebra, set, universe);
      texts.set(set, text);
      return [node, text];
    }),
  );
}

function cachedSets(algebra: MarkerAlgebra): (marker: string | null) => MarkerSet {
  const cache = new Map<string | null, MarkerSet>();
  return (marker) => {
    const known = cache.get(marker) ?? algebra.of(marker === null ? null : parseMarker(marker));
    cache.set(marker, known);
    return known;
  };
}

function markerText(algebra: MarkerAlgebra, set: MarkerSet, universe: MarkerSet): string | null {
  const marker = algebra.toMarker(set, universe);
  if (marker === undefined) throw new RangeError('an environment set that no marker can say');
  return marker === null ? null : formatMarker(marker);
}
