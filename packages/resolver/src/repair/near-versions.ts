import { ranksAdmitted } from '../facts/facts.ts';
import { givenRequirementFacts } from '../facts/requirement-facts.ts';
import type { RootRequirement } from '../resolution.ts';
import type { TargetWorld } from '../world/target-world.ts';

/** So many versions around the time of each line are tried before all others. */
const around = 6;

/**
 * Versions of a project that probably go with what other lines ask for: those that were uploaded about
 * when the newest versions were which these lines admit, the nearest first. None where the index has no times.
 */
export function nearVersions(
  world: TargetWorld,
  project: string,
  lines: readonly RootRequirement[],
): readonly string[] {
  const page = world.page(project) ?? null;
  if (page === null) return [];
  const { versions } = page.page;
  const known = world
    .candidateRanks(project)
    .filter((rank) => world.prereleaseStanding(project, rank) === 'stable')
    .toSorted((a, b) => a - b)
    .flatMap((rank) => {
      const time = uploadedAt(world, project, rank);
      return time === null ? [] : [{ rank, time }];
    });
  const times = lines.flatMap((line) => timeOf(world, line) ?? []);
  const lists = times.map((time) => {
    const after = known.findIndex((each) => each.time > time);
    const at = (after < 0 ? known.length : after) - 1;
    const places = Array.from({ length: around }, (_, i) => at + (i % 2 === 0 ? -i / 2 : (i + 1) / 2));
    return places.flatMap((place) => known[place]?.rank ?? []);
  });
  const interleaved = Array.from({ length: around }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
  return [...new Set(interleaved)].flatMap((rank) => versions[rank]?.text ?? []);
}

/** When the newest version was uploaded that a line admits, as far as its page tells. */
function timeOf(world: TargetWorld, { requirement }: RootRequirement): number | null {
  const facts = givenRequirementFacts(requirement);
  const page = world.page(facts.project) ?? null;
  if (page === null || facts.url !== null) return null;
  const newest = world.peek(facts.project, ranksAdmitted(page, facts));
  return newest.kind === 'rank' ? uploadedAt(world, facts.project, newest.rank) : null;
}

function uploadedAt(world: TargetWorld, project: string, rank: number): number | null {
  const files = world.page(project)?.page.filesOf(rank) ?? [];
  const times = files.map(({ uploadTime }) => Date.parse(uploadTime ?? ''));
  const first = Math.min(...times.filter((time) => !Number.isNaN(time)));
  return Number.isFinite(first) ? first : null;
}
