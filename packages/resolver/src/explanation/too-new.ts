import { ageText, durationText, uploadLimitOf } from '../candidate/upload-limit.ts';
import type { TargetWorld } from '../world/target-world.ts';

/** Why versions that were uploaded at these times (ISO 8601, the newest version's first) are too new, and what admits them. */
export function tooNewReason(world: TargetWorld, project: string, uploads: readonly string[]): string {
  const { options } = world;
  const limit = uploadLimitOf(options, project);
  const isOwn = options.excludeNewerPackages.has(project);
  const option = isOwn ? '--exclude-newer-package' : '--exclude-newer';
  const them = uploads.length > 1 ? 'them' : 'it';
  const way = `--exclude-newer-package ${project}=false allows ${them}`;
  if (limit === null || typeof limit === 'number') {
    return `was uploaded after the time given with ${option} (${way})`;
  }
  const times = uploads.map((text) => Date.parse(text)).filter((time) => !Number.isNaN(time));
  const [newest, oldest] = [Math.max(...times), Math.min(...times)].map((time) => ageText(limit, time));
  const age = newest === oldest ? newest : `${newest} to ${oldest}`;
  return `was uploaded ${age} ago, within the cool-down of ${durationText(limit.age)} (${way})`;
}

/** Why the limit on upload times keeps out a version that has none. */
export function noTimeReason(world: TargetWorld, project: string): string {
  const isOwn = world.options.excludeNewerPackages.has(project);
  return `has no upload time, which ${isOwn ? '--exclude-newer-package' : '--exclude-newer'} needs`;
}
