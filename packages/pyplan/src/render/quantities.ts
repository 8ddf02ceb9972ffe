import type { Download } from '../verbs/download.ts';

/** Bytes for people, in powers of 1000: `812 B`, `14.2 kB`, `1.3 MB`; `?` where unknown. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return '?';
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  // 999,950 bytes would print as "1000.0 kB".
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** `1 package`, `7 packages`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** `7 files, 612.4 kB`, and how many files are of unknown size. */
export function formatDownload(download: Download): string {
  const unknown =
    download.unknownSizes === 0 ? '' : ` and ${count(download.unknownSizes, 'file')} of unknown size`;
  return `${count(download.files, 'file')}, ${formatBytes(download.bytes)}${unknown}`;
}

/** Milliseconds for people: `38 ms`, `1.24 s`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** `Python 3.12 on linux`. */
export function formatTarget(target: { readonly python: string; readonly platform: string }): string {
  return `Python ${target.python} on ${target.platform}`;
}

/** Several targets, what they share told once: `Python 3.10, 3.12 on linux; Python 3.12 on macos`. */
export function formatTargets(
  targets: readonly { readonly python: string; readonly platform: string }[],
): string {
  const pythonsOf = Map.groupBy(targets, ({ platform }) => platform);
  const platformsOf = Map.groupBy(pythonsOf.keys(), (platform) =>
    (pythonsOf.get(platform) ?? []).map(({ python }) => python).join(', '),
  );
  return [...platformsOf]
    .map(([pythons, platforms]) => `Python ${pythons} on ${platforms.join(', ')}`)
    .join('; ');
}
