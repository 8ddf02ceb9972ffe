import type { PackageId } from '../solver/incompatibility.ts';
import { nodeOf, type PackageStore } from '../solver/package-store.ts';
import { type RankSet, uniteRanks } from '../solver/rank-set.ts';
import type { Asked } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { type Derivation, factsOf } from './derivation.ts';
import { nearMisses } from './near-misses.ts';
import { packageName, packageWith } from './phrases.ts';
import { askedText, type Sentences } from './sentences.ts';

/** Versions of one package that depend on another, with all that they ask of it. */
interface DependencyGroup {
  readonly dependent: PackageId;
  readonly dependency: PackageId;
  ranks: RankSet;
  readonly specifiers: Set<string>;
}

/**
 * The facts that a proof rests on, for one that is too long to follow: what the versions of one package ask
 * of another is told once for all of them, and so is why versions of a package can't be chosen.
 */
export function summaryOf(
  derivation: Derivation,
  world: TargetWorld,
  store: PackageStore,
  sentences: Sentences,
): readonly string[] {
  const dependencies = new Map<string, DependencyGroup>();
  const lacking = new Map<string, RankSet>();
  const others = new Set<string>();
  for (const { incompatibility } of factsOf(derivation)) {
    const { cause, terms } = incompatibility;
    const isPlain =
      cause.kind === 'dependency' && terms.length > 1 && sentences.lines(incompatibility).length === 0;
    if (cause.kind === 'no-versions') {
      const node = nodeOf(store, cause.package);
      const project = node.kind === 'root' ? '' : node.project;
      lacking.set(project, uniteRanks(lacking.get(project) ?? [], cause.ranks));
    } else if (isPlain) {
      addDependency(dependencies, store, cause, terms[0]?.ranks ?? []);
    } else others.add(sentences.external(incompatibility));
  }
  return [
    ...[...lacking].flatMap(([project, ranks]) => nearMisses(world, project, ranks)),
    ...[...dependencies.values()].map((group) => dependencyText(group, world, store)),
    ...others,
  ];
}

function addDependency(
  groups: Map<string, DependencyGroup>,
  store: PackageStore,
  cause: { readonly dependent: PackageId; readonly dependency: PackageId; readonly asked: Asked | null },
  ranks: RankSet,
): void {
  const { dependent, dependency, asked } = cause;
  const key = `${packageName(store, dependent)} ${packageName(store, dependency)}`;
  const group = groups.get(key) ?? { dependent, dependency, ranks: [], specifiers: new Set<string>() };
  group.ranks = uniteRanks(group.ranks, ranks);
  group.specifiers.add(askedText(asked));
  groups.set(key, group);
}

function dependencyText(group: DependencyGroup, world: TargetWorld, store: PackageStore): string {
  const { dependent, dependency, ranks, specifiers } = group;
  const [first = ''] = specifiers;
  const text = `${packageWith(world, store, dependent, ranks)} depends on ${packageName(store, dependency)}`;
  if (specifiers.size === 1) return text + first;
  return `${text}, by version on ${specifiers.size} different specifiers (such as ${first === '' ? 'any' : first})`;
}
