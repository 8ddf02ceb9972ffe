import { parseIndexSpecifierSet, parseVersion, specifierSetContains } from '@pyplan/markers';
import { type Rejection, rejectionOf } from '../../candidate/rejection.ts';
import type { PageFacts } from '../../facts/facts.ts';
import type { RankSet } from '../../solver/rank-set.ts';
import { releasedPythons } from '../../target/target.ts';
import type { TargetWorld } from '../../world/target-world.ts';
import { noTimeReason, tooNewReason } from './too-new.ts';
import { wheelCoverage } from './wheel-coverage.ts';

/** Why versions that would have done are no candidates. */
export type NearMissKind = Rejection['kind'] | 'pre-release' | 'quarantined';

/** Versions of a project that would have done, but for one thing. */
export interface NearMiss {
  readonly project: string;
  /** Newest first. */
  readonly versions: readonly string[];
  readonly kind: NearMissKind;
  /** What admits them: an option of the command, or a line to write. Null where nothing does. */
  readonly option: string | null;
  /** The same in words. */
  readonly text: string;
}

/** So many versions are named before the rest is counted. */
const named = 3;

/** So many reasons are told of one project. */
const reasonsTold = 3;

/** One version with the reason against it; versions of one key are told together. */
interface Rejected {
  readonly rank: number;
  readonly version: string;
  readonly kind: NearMissKind;
  readonly key: string;
  readonly rejection: Rejection | null;
}

/** Why none of the versions in `ranks` can be chosen, newest first, one item a reason. */
export function nearMisses(world: TargetWorld, project: string, ranks: RankSet): readonly NearMiss[] {
  const page = world.page(project);
  if (page === undefined || page === null) return [];
  if (page.page.status.kind === 'quarantined') {
    const text = `${project} is quarantined by the index`;
    return [{ project, versions: [], kind: 'quarantined', option: null, text }];
  }
  const groups = new Map<string, Rejected[]>();
  for (let i = ranks.length - 2; i >= 0; i -= 2) {
    for (let rank = (ranks[i + 1] ?? 0) - 1; rank >= (ranks[i] ?? 0); rank--) {
      const rejected = rejectedAt(world, project, page, rank);
      const group = groups.get(rejected.key);
      if (group === undefined) groups.set(rejected.key, [rejected]);
      else group.push(rejected);
    }
  }
  return [...groups.values()].map((group) => nearMissOf(world, project, page, group));
}

/** The reasons in words; of many, the first few and how many versions the others are about. */
export function nearMissTexts(misses: readonly NearMiss[]): readonly string[] {
  if (misses.length <= reasonsTold + 1) return misses.map(({ text }) => text);
  const others = misses.slice(reasonsTold).reduce((sum, { versions }) => sum + versions.length, 0);
  const [{ project } = { project: '' }] = misses;
  return [
    ...misses.slice(0, reasonsTold).map(({ text }) => text),
    `${others} older versions of ${project} do not fit either`,
  ];
}

function rejectedAt(world: TargetWorld, project: string, page: PageFacts, rank: number): Rejected {
  const version = page.page.versions[rank]?.text ?? '';
  if (world.prereleaseStanding(project, rank) === 'never') {
    return { rank, version, kind: 'pre-release', key: 'pre-release', rejection: null };
  }
  const rejection = rejectionOf(world.policy, page, rank, world.isRuledOut(project, rank));
  const { kind } = rejection;
  const key = kind === 'wrong-python' || kind === 'unusable' ? `${kind} ${detailOf(rejection)}` : kind;
  return { rank, version, kind, key, rejection };
}

function detailOf(rejection: Rejection): string {
  return rejection.kind === 'wrong-python'
    ? rejection.requiresPython
    : rejection.kind === 'unusable'
      ? rejection.reason
      : '';
}

function nearMissOf(
  world: TargetWorld,
  project: string,
  page: PageFacts,
  group: readonly Rejected[],
): NearMiss {
  const versions = group.map(({ version }) => version);
  const [newest] = group;
  const { kind = 'quarantined', rejection = null } = newest ?? {};
  const several = versions.length > 1;
  const { option, says } = said(world, project, page, group, rejection);
  return { project, versions, kind, option, text: `${project} ${listed(versions)} ${says[several ? 1 : 0]}` };
}

interface Said {
  readonly option: string | null;
  /** Of one version, of several. */
  readonly says: readonly [string, string];
}

function said(
  world: TargetWorld,
  project: string,
  page: PageFacts,
  group: readonly Rejected[],
  rejection: Rejection | null,
): Said {
  const newest = group[0]?.version ?? '';
  if (rejection === null) {
    const ofPackage = world.options.prereleasePackages.has(project);
    const option = ofPackage ? `--prerelease-package ${project}=allow` : '--prerelease allow';
    return {
      option,
      says: [`is a pre-release: ${option} admits it`, `are pre-releases: ${option} admits them`],
    };
  }
  switch (rejection.kind) {
    case 'yanked': {
      const option = `${project}==${newest}`;
      const reason = rejection.reason === '' ? '' : ` ("${rejection.reason.trim()}")`;
      return {
        option,
        says: [
          `was yanked${reason}: only the exact pin ${option} admits it`,
          `were yanked${group.length > named ? '' : reason}: only an exact pin such as ${option} admits one`,
        ],
      };
    }
    case 'too-new':
      return tooNew(world, project, page, group);
    case 'no-time':
      return {
        option: null,
        says: both(`no ${noTimeReason(world, project)}`, 'has', 'have'),
      };
    case 'wrong-python': {
      const { requiresPython } = rejection;
      const python = pythonAdmitted(world, requiresPython);
      const option = python === null ? null : `--python ${python}`;
      const by = (them: string): string => (option === null ? '' : `: ${option} admits ${them}`);
      return {
        option,
        says: [
          `requires Python ${requiresPython}${by('it')}`,
          `require Python ${requiresPython}${by('them')}`,
        ],
      };
    }
    case 'wrong-platform':
      return wrongPlatform(world, project, page, group, rejection.sdist);
    case 'only-sdist':
      return {
        option: `--only-binary without ${project}`,
        says: both('only a source distribution, which --only-binary excludes', 'has', 'have'),
      };
    case 'only-wheels':
      return {
        option: `--no-binary without ${project}`,
        says: both('only wheels, which --no-binary excludes', 'has', 'have'),
      };
    case 'dynamic':
      return {
        option: null,
        says: both(
          `only a source distribution that would have to be built: ${rejection.reason}`,
          'has',
          'have',
        ),
      };
    case 'unusable':
      return { option: null, says: both(`can't be used: ${rejection.reason}`, '', '') };
    case 'direct-reference':
      return {
        option: null,
        says: both('for a package by URL, which your own requirements must name first', 'asks', 'ask'),
      };
  }
}

function both(rest: string, one: string, several: string): readonly [string, string] {
  return [`${one} ${rest}`.trim(), `${several} ${rest}`.trim()];
}

function tooNew(world: TargetWorld, project: string, page: PageFacts, group: readonly Rejected[]): Said {
  const uploads = group.flatMap(({ rank }) => {
    const times = page.page.filesOf(rank).flatMap(({ uploadTime }) => uploadTime ?? []);
    return times.sort().slice(0, 1);
  });
  const { option, text } = tooNewReason(world, project, uploads);
  return { option, says: [text, text] };
}

function wrongPlatform(
  world: TargetWorld,
  project: string,
  page: PageFacts,
  group: readonly Rejected[],
  sdist: boolean,
): Said {
  if (page.page.filesOf(group[0]?.rank ?? 0).length === 0) {
    return { option: null, says: both('no file that may be taken', 'has', 'have') };
  }
  const coverage = wheelCoverage(world.policy.target, page, group[0]?.rank ?? 0);
  const wheels = (whose: string): string => (coverage === null ? '' : `: ${whose} are ${coverage}`);
  const source = sdist ? '; --only-binary excludes the source distribution' : '';
  const rest = 'no wheel that fits';
  return {
    option: sdist ? `--only-binary without ${project}` : null,
    says: [
      `has ${rest}${wheels('its wheels')}${source}`,
      `have ${rest}${wheels(`those of ${group[0]?.version ?? ''}`)}${source}`,
    ],
  };
}

/** The released Python nearest to the target's that a Requires-Python admits, the newer of two. */
function pythonAdmitted(world: TargetWorld, requiresPython: string): string | null {
  const own = releasedPythons.indexOf(world.policy.target.environment.python_version);
  const admitted = releasedPythons
    .map((python, at) => ({ python, distance: Math.abs(at - own) - (at > own ? 0.5 : 0) }))
    .filter(({ python }) => admits(requiresPython, python))
    .sort((a, b) => a.distance - b.distance);
  return admitted[0]?.python ?? null;
}

function admits(requiresPython: string, python: string): boolean {
  try {
    const { specifierSet } = parseIndexSpecifierSet(requiresPython);
    return specifierSetContains(specifierSet, parseVersion(`${python}.0`), { prereleases: true });
  } catch {
    return false;
  }
}

/** `2.0, 1.1 and 1.0`, `2.0 and 86 older versions`. */
function listed(versions: readonly string[]): string {
  if (versions.length > named) return `${versions[0]} and ${versions.length - 1} older versions`;
  const last = versions.at(-1) ?? '';
  return versions.length < 2 ? last : `${versions.slice(0, -1).join(', ')} and ${last}`;
}
