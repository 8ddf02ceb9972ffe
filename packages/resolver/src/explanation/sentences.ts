import { compareVersions } from '@pyplan/markers';
import type { PageFacts } from '../facts/facts.ts';
import { versionNamed } from '../facts/requirement-facts.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Incompatibility, PackageId } from '../solver/incompatibility.ts';
import { nodeOf, type PackageStore, rootPackage } from '../solver/package-store.ts';
import type { Term } from '../solver/term.ts';
import type { Asked } from '../solver/world.ts';
import { directLine } from '../world/demands.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { askedByVersion } from './asked-by-version.ts';
import { nearMisses, nearMissTexts } from './near-misses/near-misses.ts';
import { askedText, lineText, list, packageName, packageWith } from './phrases.ts';

/** Says incompatibilities in words, for one target. */
export interface Sentences {
  /** A fact that no other explains: a requirement, a constraint, a lack of versions. */
  external(incompatibility: Incompatibility): string;
  /** What follows from others. */
  conclusion(incompatibility: Incompatibility): string;
  /** A requirement that no version meets, and why. */
  impossible(incompatibility: Incompatibility): string;
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
        return list(lines(incompatibility).map((root) => `the constraint ${lineText(root)} holds`));
      case 'derived':
        return conclusion(incompatibility);
    }
  }

  function noVersions(id: PackageId, ranks: readonly number[]): string {
    const node = nodeOf(store, id);
    if (node.kind === 'root') return 'your requirements can not be met';
    const page = world.page(node.project);
    if (page === undefined || page === null) return `the index has no project ${node.project}`;
    const reasons = nearMissTexts(nearMisses(world, node.project, ranks));
    return reasons.length === 0 ? `no version of ${node.project} is left` : reasons.join('; ');
  }

  function dependency(incompatibility: Incompatibility): string {
    const { cause, terms } = incompatibility;
    const [own] = terms;
    if (cause.kind !== 'dependency' || own === undefined) return '';
    if (terms.length === 1) return impossible(incompatibility);
    const { dependent, asked } = cause;
    const override = overrideBehind(cause.dependency, asked);
    const name = packageName(store, cause.dependency);
    const by = override === null ? '' : `, for which the override ${lineText(override)} holds`;
    if (asked?.root != null) return `you require ${lineText(asked.root)}${by}`;
    if (override !== null) return `${withRanks(dependent, own)} depends on ${name}${by}`;
    const specifiers = [...askedByVersion(incompatibility, world, store).keys()];
    return `${withRanks(dependent, own)} depends on ${list(
      specifiers.map((specifier) => name + specifier),
      'or',
    )}`;
  }

  function impossible(incompatibility: Incompatibility): string {
    const {
      cause,
      terms: [own],
    } = incompatibility;
    if (cause.kind !== 'dependency' || own === undefined) return '';
    const { dependent, asked } = cause;
    const node = nodeOf(store, cause.dependency);
    const project = node.kind === 'root' ? '' : node.project;
    const root = asked?.root ?? null;
    const override = overrideBehind(cause.dependency, asked);
    const direct = directLine(world.demands, project);
    const page = world.page(project) ?? null;
    const wanted = project + askedText(asked);
    if (direct !== null) {
      const what = root === null ? `${withRanks(dependent, own)} depends on ${wanted}` : wanted;
      if (asked?.url !== null) return `${lineText(direct)} takes the place of ${what}`;
      return `${lineText(direct)} is ${page?.page.versions.at(-1)?.text}${root === null ? `, and ${what}` : ''}`;
    }
    const lack = `the index has ${missing(page, wanted, asked)}`;
    const who = withRanks(dependent, own);
    if (override !== null) {
      const what = root === null ? `what ${who} asks of ${project}` : root.requirement.text;
      return `the override ${override.requirement.text} stands in for ${what}, and ${lack}`;
    }
    if (root !== null) return lack;
    // Versions that are told together may each ask for something else.
    const specifiers = asked?.url === null ? [...askedByVersion(incompatibility, world, store).keys()] : [];
    if (specifiers.length < 2) return `${who} depends on ${wanted}, and ${lack}`;
    const names = list(
      specifiers.map((specifier) => packageName(store, cause.dependency) + specifier),
      'or',
    );
    if (page === null || page.page.versions.length === 0) return `${who} depends on ${names}, and ${lack}`;
    return `${who} depends on ${names}, and the index has none of these (${nearby(page, null)})`;
  }

  function missing(page: PageFacts | null, wanted: string, asked: Asked | null): string {
    if (page === null) return `no project ${wanted.replace(/[^\w-].*/, '')}`;
    const { versions } = page.page;
    return versions.length === 0 ? `no files of ${page.page.name}` : `no ${wanted} (${nearby(page, asked)})`;
  }

  /** The override that stands in for what was asked of a package, if one does. */
  function overrideBehind(id: PackageId, asked: Asked | null): RootRequirement | null {
    const node = nodeOf(store, id);
    const { overrides, scopes } = world.demands;
    const everywhere = node.kind === 'root' ? [] : (overrides.get(node.project) ?? []);
    const all = [...everywhere, ...scopes.overrides];
    return all.find(({ facts }) => facts.specifier === asked?.specifier)?.root ?? null;
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

  return { external, conclusion, impossible, lines };
}

/** What the index has instead: of a pin the nearest versions, else the first and the last. */
function nearby({ page: { versions } }: PageFacts, asked: Asked | null): string {
  const texts = versions.map(({ text }) => text);
  const [clause, ...others] = asked?.specifier.specifiers ?? [];
  const pinned = clause?.operator === '==' && others.length === 0 ? versionNamed(clause) : null;
  if (texts.length === 1) return `only ${texts[0]}`;
  if (pinned === null) return `it has ${texts[0]} to ${texts.at(-1)}`;
  const above = versions.findIndex((version) => compareVersions(version, pinned) > 0);
  if (above < 0) return `the newest is ${texts.at(-1)}`;
  return above === 0
    ? `the oldest is ${texts[0]}`
    : `the nearest are ${texts[above - 1]} and ${texts[above]}`;
}
