import { ageText, durationText, uploadLimitOf } from '../../candidate/upload-limit.ts';
import type { TargetWorld } from '../../world/target-world.ts';

/** Why versions that were uploaded at these times (ISO 8601, the newest version's first) are too new, and what admits them. */
export function tooNewReason(
  world: TargetWorld,
  project: string,
  uploads: readonly string[],
): { readonly option: string; readonly text: string } {
  const { options } = world;
  const limit = uploadLimitOf(options, project);
  const option = `--exclude-newer-package ${project}=false`;
  const several = uploads.length > 1;
  const were = several ? 'were' : 'was';
  const way = `${option} admits ${several ? 'them' : 'it'}`;
  const times = uploads.map((text) => Date.parse(text)).filter((time) => !Number.isNaN(time));
  const [newest, oldest] = [Math.max(...times), Math.min(...times)];
  if (limit === null || typeof limit === 'number') {
    const own = options.excludeNewerPackages.has(project) ? '--exclude-newer-package' : '--exclude-newer';
    const first = several ? `, the first on ${dayOf(oldest)}` : ` on ${dayOf(newest)}`;
    const text = several
      ? `${were} uploaded after the time of ${own}${first}: ${way}`
      : `${were} uploaded${first}, after the time of ${own}: ${way}`;
    return { option, text };
  }
  const [youngest, eldest] = [ageText(limit, newest), ageText(limit, oldest)];
  const age = youngest === eldest ? youngest : `${youngest} to ${eldest}`;
  return {
    option,
    text: `${were} uploaded ${age} ago, within the cool-down of ${durationText(limit.age)}: ${way}`,
  };
}

function dayOf(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : 'an unknown day';
}

/** Why the limit on upload times keeps out a version that has none. */
export function noTimeReason(world: TargetWorld, project: string): string {
  const isOwn = world.options.excludeNewerPackages.has(project);
  return `upload time, which ${isOwn ? '--exclude-newer-package' : '--exclude-newer'} needs`;
}
