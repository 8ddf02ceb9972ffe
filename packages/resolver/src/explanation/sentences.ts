import type { RootRequirement } from '../resolution.ts';
import type { Incompatibility, PackageId } from '../solver/incompatibility.ts';
import { nodeOf, type PackageStore, rootPackage } from '../solver/package-store.ts';
import type { Term } from '../solver/term.ts';
import type { Asked } from '../solver/world.ts';
import { directLine } from '../world/demands.ts';
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
          .map((root) => `the constraint ${line(root)} holds`)
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
    const override = overrideBehind(cause.dependency, asked);
    const name = packageName(store, cause.dependency);
    const wanted = override === null ? name + askedText(asked) : name;
    const replaced = override === null ? '' : `, for which the override ${line(override)} holds`;
    const missing = replaced + (terms.length > 1 ? '' : `, ${whyNothing(cause.dependency, asked)}`);
    const root = asked?.root ?? null;
    if (root !== null) return `you require ${wanted} (${place(root)})${missing}`;
    return `${withRanks(dependent, own)} depends on ${wanted}${missing}`;
  }

  /** The override that stands in for what was asked of a package, if one does. */
  function overrideBehind(id: PackageId, asked: Asked | null): RootRequirement | null {
    const node = nodeOf(store, id);
    const overrides = node.kind === 'root' ? undefined : world.demands.overrides.get(node.project);
    return overrides?.find(({ facts }) => facts.specifier === asked?.specifier)?.root ?? null;
  }

  /** Why a requirement admits no version at all. */
  function whyNothing(id: PackageId, asked: Asked | null): string {
    const node = nodeOf(store, id);
    if (node.kind === 'root') return '';
    const direct = directLine(world.demands, node.project);
    if (direct !== null && asked?.url !== null) return `but ${line(direct)} takes its place`;
    const page = world.page(node.project);
    if (page === undefined || page === null) return 'which is not on the index';
    const { versions } = page.page;
    const newest = versions.at(-1)?.text;
    if (direct !== null) return `but ${line(direct)} is ${newest}`;
    return newest === undefined
      ? 'which has no files on the index'
      : `but the index has no such version (${versions.length > 1 ? `${versions[0]?.text} to` : 'only'} ${newest})`;
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

  function lines({ cause, terms }: Incompatibility): readonly RootRequirement[] {
    if (cause.kind === 'dependency') {
      const { asked, dependency: id } = cause;
      const node = nodeOf(store, id);
      const isImpossible = terms.length === 1 && node.kind !== 'root';
      const direct = isImpossible ? directLine(world.demands, node.project) : null;
      return [asked?.root ?? null, overrideBehind(id, asked), direct].filter((root) => root !== null);
    }
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

/** `lib<2 (requirements.in:3)` */
function line(root: RootRequirement): string {
  return `${root.requirement.text} (${place(root)})`;
}

/** What was asked for, after a name: `>=1,<2`, ` @ URL`, or nothing. */
export function askedText(asked: Asked | null): string {
  if (asked === null) return '';
  return asked.url === null ? readableSpecifier(asked.specifier) : ` @ ${asked.url}`;
}
