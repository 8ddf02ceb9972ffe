import type { RootRequirement } from '../resolution.ts';
import type { Incompatibility, PackageId } from '../solver/incompatibility.ts';
import { nodeOf, type PackageStore, rootPackage } from '../solver/package-store.ts';
import type { Term } from '../solver/term.ts';
import type { Asked } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { nearMisses } from './near-misses.ts';
import { packageName, packageWith, place, readableSpecifier } from './phrases.ts';

/** Says incompatibilities in words, for one target. */
export interface Sentences {
  /** A fact that no other explains: a requirement, a constraint, a lack of versions. */
  external(incompatibility: Incompatibility): string;
  /** What follows from others. */
  conclusion(incompatibility: Incompatibility): string;
  /** The user's lines behind a fact. */
  lines(incompatibility: Incompatibility): readonly RootRequirement[];
}

export function newSentences(world: TargetWorld, store: PackageStore): Sentences {
  const withRanks = (id: PackageId, term: Term): string => packageWith(world, store, id, term.ranks);

  function external(incompatibility: Incompatibility): string {
    const { cause } = incompatibility;
    switch (cause.kind) {
      case 'root':
        return 'your requirements must be met';
      case 'no-versions':
        return noVersions(cause.package, cause.ranks);
      case 'dependency':
        return dependency(incompatibility);
      case 'constraint':
        return lines(incompatibility)
          .map((root) => `the constraint ${root.requirement.text} (${place(root)}) holds`)
          .join(' and ');
      case 'derived':
        return conclusion(incompatibility);
    }
  }

  function noVersions(id: PackageId, ranks: readonly number[]): string {
    const node = nodeOf(store, id);
    if (node.kind === 'root') return 'your requirements can not be met';
    const page = world.page(node.project);
    if (page === undefined || page === null) return `there is no project named ${node.project} on the index`;
    const reasons = nearMisses(world, node.project, ranks);
    return reasons.length === 0 ? `no version of ${node.project} is left` : reasons.join('; ');
  }

  function dependency(incompatibility: Incompatibility): string {
    const { cause, terms } = incompatibility;
    const [own] = terms;
    if (cause.kind !== 'dependency' || own === undefined) return '';
    const { dependent, asked } = cause;
    const wanted = packageName(store, cause.dependency) + askedText(asked);
    const missing = terms.length > 1 ? '' : `, ${whyNothing(cause.dependency)}`;
    const root = asked?.root ?? null;
    if (root !== null) return `you require ${wanted} (${place(root)})${missing}`;
    return `${withRanks(dependent, own)} depends on ${wanted}${missing}`;
  }

  /** Why a requirement admits no version at all. */
  function whyNothing(id: PackageId): string {
    const node = nodeOf(store, id);
    if (node.kind === 'root') return '';
    const page = world.page(node.project);
    if (page === undefined || page === null) return 'which is not on the index';
    const { versions } = page.page;
    const newest = versions.at(-1)?.text;
    return newest === undefined
      ? 'which has no files on the index'
      : `but the index has no such version (${versions[0]?.text} to ${newest})`;
  }

  function conclusion({ packages, terms }: Incompatibility): string {
    const positives: string[] = [];
    const negatives: string[] = [];
    packages.forEach((id, i) => {
      const term = terms[i];
      if (id === rootPackage || term === undefined) return;
      (term.positive ? positives : negatives).push(withRanks(id, term));
    });
    if (positives.length === 0 && negatives.length === 0) return 'your requirements can not be met';
    if (negatives.length === 0) {
      return positives.length === 1
        ? `${positives[0]} can not be used`
        : `${list(positives)} are incompatible`;
    }
    if (positives.length === 0) return `you need ${list(negatives, 'or')}`;
    return `${list(positives)} ${positives.length === 1 ? 'depends' : 'depend'} on ${list(negatives, 'or')}`;
  }

  function lines({ cause }: Incompatibility): readonly RootRequirement[] {
    if (cause.kind === 'dependency') return cause.asked?.root == null ? [] : [cause.asked.root];
    if (cause.kind !== 'constraint') return [];
    const node = nodeOf(store, cause.package);
    const demands = node.kind === 'root' ? [] : (world.demands.constraints.get(node.project) ?? []);
    return demands.map(({ root }) => root);
  }

  return { external, conclusion, lines };
}

function list(items: readonly string[], word = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

function askedText(asked: Asked | null): string {
  if (asked === null) return '';
  return asked.url === null ? readableSpecifier(asked.specifier) : ` @ ${asked.url}`;
}
