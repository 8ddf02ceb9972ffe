import type { RootRequirement } from '../../resolution.ts';
import type { IncompatibilityId, PackageId } from '../../solver/incompatibility.ts';
import { nodeOf, type PackageStore } from '../../solver/package-store.ts';
import { type RankSet, uniteRanks } from '../../solver/rank-set.ts';
import { directLine } from '../../world/demands.ts';
import type { TargetWorld } from '../../world/target-world.ts';
import { askedByVersion } from '../asked-by-version.ts';
import { packageName } from '../phrases.ts';
import type { Sentences } from '../sentences.ts';
import { type Derivation, factsOf } from './derivation.ts';

/** What the versions of one package ask of another, by specifier. */
export interface AskingPremise {
  readonly dependent: PackageId;
  readonly dependency: PackageId;
  readonly bySpecifier: Map<string, RankSet>;
  /** Ranks of the dependency that one or the other of them admits. */
  allowed: RankSet;
}

/** A requirement that no version meets. */
export interface ImpossiblePremise {
  readonly id: IncompatibilityId;
  /** The project that asks; null for the user. */
  readonly dependent: string | null;
  readonly project: string;
  readonly text: string;
}

/** What a proof rests on, besides that its lines are written. */
export interface Premises {
  /** The user's lines, in the order written. */
  readonly lines: readonly RootRequirement[];
  readonly asking: readonly AskingPremise[];
  readonly impossible: readonly ImpossiblePremise[];
  /** Ranks without a candidate, by project. */
  readonly lacking: ReadonlyMap<string, RankSet>;
}

/** The facts of a proof, those on the same two packages as one. */
export function premisesOf(
  derivation: Derivation,
  world: TargetWorld,
  store: PackageStore,
  sentences: Sentences,
): Premises {
  const asking = new Map<string, AskingPremise>();
  const lacking = new Map<string, RankSet>();
  const impossible: ImpossiblePremise[] = [];
  const facts = factsOf(derivation);
  for (const { id, incompatibility } of facts) {
    const { cause, terms } = incompatibility;
    if (cause.kind === 'no-versions') {
      const node = nodeOf(store, cause.package);
      if (node.kind !== 'root') {
        lacking.set(node.project, uniteRanks(lacking.get(node.project) ?? [], cause.ranks));
      }
    } else if (cause.kind === 'dependency' && cause.asked !== null) {
      const dependent = nodeOf(store, cause.dependent);
      const dependency = nodeOf(store, cause.dependency);
      const project = dependency.kind === 'root' ? '' : dependency.project;
      if (terms.length === 1) {
        const from = dependent.kind === 'root' ? null : dependent.project;
        impossible.push({ id, dependent: from, project, text: sentences.impossible(incompatibility) });
      } else if (cause.asked.root === null) {
        const { dependent: by, dependency: on } = cause;
        const key = `${packageName(store, by)} ${packageName(store, on)}`;
        const premise = asking.get(key) ?? {
          dependent: by,
          dependency: on,
          bySpecifier: new Map(),
          allowed: [],
        };
        asking.set(key, premise);
        premise.allowed = uniteRanks(premise.allowed, terms[1]?.ranks ?? []);
        for (const [text, ranks] of askedByVersion(incompatibility, world, store)) {
          premise.bySpecifier.set(text, uniteRanks(premise.bySpecifier.get(text) ?? [], ranks));
        }
      }
    }
  }
  return {
    lines: linesOf(facts, world, store, sentences),
    asking: [...asking.values()],
    impossible,
    lacking,
  };
}

/** The user's lines behind the facts, in the order written. */
export function linesOf(
  facts: readonly Derivation[],
  world: TargetWorld,
  store: PackageStore,
  sentences: Sentences,
): readonly RootRequirement[] {
  const lines = new Set<RootRequirement>();
  for (const { incompatibility } of facts) {
    for (const line of sentences.lines(incompatibility)) lines.add(line);
    // A URL decides what versions a project has, whoever asks for it.
    for (const id of incompatibility.packages) {
      const node = nodeOf(store, id);
      const direct = node.kind === 'root' ? null : directLine(world.demands, node.project);
      if (direct !== null) lines.add(direct);
    }
  }
  const { written } = world.demands;
  return [...lines].sort((a, b) => written.indexOf(a) - written.indexOf(b));
}
