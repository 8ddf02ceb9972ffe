import type { CoolDown, ResolveOptions, UploadLimit } from '../request.ts';

/** The options that decide which files are too new. */
export type UploadLimits = Pick<ResolveOptions, 'excludeNewer' | 'excludeNewerPackages'>;

/** The moment before which a file must have been uploaded, in milliseconds since the epoch. */
export function uploadBound(limit: UploadLimit): number {
  return typeof limit === 'number' ? limit : limit.now - limit.age;
}

/** What limits the files of a project: its own limit where it has one, else that of all; null: nothing. */
export function uploadLimitOf(limits: UploadLimits, project: string): UploadLimit | null {
  const own = limits.excludeNewerPackages.get(project);
  return own === undefined ? limits.excludeNewer : own;
}

/** By what limits may differ from one another, as text. */
export function uploadLimitsKey({ excludeNewer, excludeNewerPackages }: UploadLimits): string {
  const text = (limit: UploadLimit | null): string => `${limit === null ? '' : uploadBound(limit)}`;
  const own = [...excludeNewerPackages].map(([project, limit]) => `${project}=${text(limit)}`).sort();
  return [text(excludeNewer), ...own].join();
}

const units: readonly (readonly [length: number, name: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
];

/** `7 days`, `36 hours`: a duration in the largest unit that it is a whole number of. */
export function durationText(milliseconds: number): string {
  const [length, name] = units.find(([unit]) => milliseconds > 0 && milliseconds % unit === 0) ?? [
    1000,
    'second',
  ];
  return counted(Math.round(milliseconds / length), name);
}

/** `2 days`, `5 hours`: how long before `now` something was uploaded, roughly. */
export function ageText({ now }: CoolDown, uploaded: number): string {
  const age = Math.max(0, now - uploaded);
  const [length, name] = units.find(([unit]) => age >= unit) ?? [1000, 'second'];
  return counted(Math.floor(age / length), name);
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
