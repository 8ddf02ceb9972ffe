import {
  compareVersions,
  evaluateMarker,
  formatSpecifierSet,
  isPrerelease,
  normalizeName,
  parseRequirement,
  parseSpecifierSet,
  parseVersion,
  type Requirement,
  specifierSetContains,
  type Version,
} from '@pyplan/markers';
import { parseWheelFilename, wheelRank } from '@pyplan/wheel-meta';
import { namesPrerelease, pinnedVersion } from './clauses.ts';
import { type JudgeTarget, judgeTarget } from './target.ts';

/** One version of a package of a world; what is left out takes the plainest value. */
export interface WorldVersion {
  readonly requires?: readonly string[];
  readonly extras?: Readonly<Record<string, readonly string[]>>;
  readonly requires_python?: string | null;
  readonly yanked?: boolean;
  readonly files?: readonly { readonly filename: string }[];
}

export interface WorldTarget {
  readonly python: string;
  readonly platform: string;
}

/** A closed index and what is asked of it, without answers. */
export interface World {
  readonly root: { readonly requires: readonly string[] };
  readonly index: Readonly<Record<string, Readonly<Record<string, WorldVersion>>>>;
}

/** A requirement as far as the rules look at it. */
export interface Ask {
  readonly name: string;
  readonly extras: readonly string[];
  admits(version: Version): boolean;
}

/** A version that may be chosen on the target. */
export interface WorldCandidate {
  /** As the index spells it. */
  readonly text: string;
  readonly version: Version;
}

/** A world seen by one target. */
export interface WorldView {
  /** Active requirements of the root. */
  readonly asks: readonly Ask[];
  /** Candidates by name, ascending. */
  readonly candidates: ReadonlyMap<string, readonly WorldCandidate[]>;
  /** Active requirements of a version under one extra, or under none (`""`). */
  asksOf(name: string, versionText: string, extra: string): readonly Ask[];
}

/** Reads a world by its rules (worlds/README.md). */
export function viewWorld(world: World, { python, platform }: WorldTarget): WorldView {
  const target = judgeTarget(python, platform);
  const active = world.root.requires
    .map(parseRequirement)
    .filter((requirement) => holds(requirement, target, ''));
  const candidates = new Map<string, readonly WorldCandidate[]>();
  for (const [name, versions] of Object.entries(world.index)) {
    candidates.set(
      name,
      candidatesOf(
        name,
        versions,
        target,
        active.filter((requirement) => normalizeName(requirement.name) === name),
      ),
    );
  }
  const asked = new Map<string, readonly Ask[]>();
  return {
    asks: active.map(askOf),
    candidates,
    asksOf(name, text, extra) {
      const key = `${name} ${text} ${extra}`;
      let asks = asked.get(key);
      if (asks === undefined) {
        const facts = world.index[name]?.[text] ?? {};
        const own = extra === '' ? [] : (facts.extras?.[extra] ?? []);
        asks = [...(facts.requires ?? []), ...own]
          .map(parseRequirement)
          .filter((requirement) => holds(requirement, target, extra))
          .map(askOf);
        asked.set(key, asks);
      }
      return asks;
    },
  };
}

function candidatesOf(
  name: string,
  versions: Readonly<Record<string, WorldVersion>>,
  target: JudgeTarget,
  active: readonly Requirement[],
): readonly WorldCandidate[] {
  const all = Object.keys(versions).map((text) => ({ text, version: parseVersion(text) }));
  const specifiers = active.map(({ specifier }) => formatSpecifierSet(specifier));
  const pins = specifiers.map(pinnedVersion);
  const prereleases = specifiers.some(namesPrerelease) || all.every(({ version }) => isPrerelease(version));
  return all
    .filter(({ text, version }) => {
      const facts = versions[text] ?? {};
      if (!prereleases && isPrerelease(version)) return false;
      const pinned = pins.some((pin) => pin !== null && compareVersions(pin, version) === 0);
      if (facts.yanked === true && !pinned) return false;
      if (!pythonFits(facts.requires_python ?? null, target)) return false;
      return filesOf(name, text, facts).some((filename) => fileFits(filename, target));
    })
    .sort((a, b) => compareVersions(a.version, b.version));
}

/** The files of a version, by default one pure wheel. */
export function filesOf(name: string, version: string, facts: WorldVersion): readonly string[] {
  const files = facts.files ?? [];
  return files.length > 0
    ? files.map(({ filename }) => filename)
    : [`${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`];
}

function fileFits(filename: string, target: JudgeTarget): boolean {
  return filename.endsWith('.tar.gz') || wheelRank(target.tags, parseWheelFilename(filename)) >= 0;
}

function pythonFits(requiresPython: string | null, target: JudgeTarget): boolean {
  if (requiresPython === null) return true;
  const set = parseSpecifierSet(requiresPython);
  return specifierSetContains(set, parseVersion(target.fullVersion), { prereleases: true });
}

function holds(requirement: Requirement, target: JudgeTarget, extra: string): boolean {
  return requirement.marker === null || evaluateMarker(requirement.marker, target.environment, extra);
}

function askOf(requirement: Requirement): Ask {
  return {
    name: normalizeName(requirement.name),
    extras: requirement.extras.map(normalizeName),
    admits: (version) => specifierSetContains(requirement.specifier, version, { prereleases: true }),
  };
}

/** What is wrong with a plan by the rules alone: nothing where it is valid. */
export function judgeWorldPlan(view: WorldView, plan: Readonly<Record<string, string>>): readonly string[] {
  const wrong: string[] = [];
  const chosen = new Map<string, WorldCandidate>();
  for (const [written, text] of Object.entries(plan)) {
    const name = normalizeName(written);
    const version = parseVersion(text);
    const candidate = (view.candidates.get(name) ?? []).find(
      (known) => compareVersions(known.version, version) === 0,
    );
    if (candidate === undefined) wrong.push(`${name} ${text} is no candidate`);
    else chosen.set(name, candidate);
  }
  if (wrong.length > 0) return wrong;

  const reached = new Map<string, Set<string>>();
  const agenda: [name: string, extra: string][] = [];
  const want = (who: string, ask: Ask): void => {
    const candidate = chosen.get(ask.name);
    if (candidate === undefined) {
      wrong.push(`${who} needs ${ask.name}, which is absent`);
      return;
    }
    if (!ask.admits(candidate.version)) wrong.push(`${who} does not take ${ask.name} ${candidate.text}`);
    const seen = reached.get(ask.name) ?? new Set();
    reached.set(ask.name, seen);
    for (const extra of ['', ...ask.extras]) {
      if (seen.has(extra)) continue;
      seen.add(extra);
      agenda.push([ask.name, extra]);
    }
  };
  for (const ask of view.asks) want('the root', ask);
  for (let next = agenda.pop(); next !== undefined; next = agenda.pop()) {
    const [name, extra] = next;
    for (const ask of view.asksOf(name, chosen.get(name)?.text ?? '', extra)) want(name, ask);
  }
  for (const name of chosen.keys()) if (!reached.has(name)) wrong.push(`${name} is superfluous`);
  return wrong;
}
