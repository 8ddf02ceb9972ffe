import type { LockedTarget } from '../locked-set.ts';
import type { ChangeSide, LockChange, LockDiff } from './diff-locks.ts';
import type { ChangeReason } from './reasons.ts';

/** What a text says beside the changes. */
export interface DiffTextOptions {
  /** Milliseconds since the epoch, for `uploaded 3 days ago`. Default: the date of the upload is shown. */
  readonly now?: number;
}

/** The difference for a terminal: one change a line, its reason under it. */
export function diffText(diff: LockDiff, options: DiffTextOptions = {}): string {
  if (diff.changes.length === 0) return `No changes, ${count(diff.unchanged, 'package')} the same.\n`;
  const lines = diff.changes.flatMap((change) => {
    const details = detailsOf(change, options.now);
    const head = [`${sign(change)} ${change.name} ${versions(change)}`, ...details].join(', ');
    return [head, ...reasonTexts(change).map((text) => `    ${text}`)];
  });
  return `${[...lines, '', summary(diff)].join('\n')}\n`;
}

/** The difference as JSON. */
export function diffJson(diff: LockDiff): string {
  return `${JSON.stringify(diff, null, 2)}\n`;
}

/** The difference as a table in Markdown, for a pull request. */
export function diffMarkdown(diff: LockDiff, options: DiffTextOptions = {}): string {
  if (diff.changes.length === 0) return `No changes, ${count(diff.unchanged, 'package')} the same.\n`;
  const rows = diff.changes.map((change) => {
    const cells = [
      `\`${change.name}\``,
      change.kind,
      change.from === null ? '' : versionText(change.from),
      change.to === null ? '' : versionText(change.to),
      detailsOf(change, options.now).join(', '),
      reasonTexts(change).join('; '),
    ];
    return `| ${cells.map(escapeCell).join(' | ')} |`;
  });
  const head = ['| Package | Change | From | To | Details | Why |', '| --- | --- | --- | --- | --- | --- |'];
  return `${[...head, ...rows, '', summary(diff)].join('\n')}\n`;
}

function sign(change: LockChange): string {
  switch (change.kind) {
    case 'added':
      return '+';
    case 'removed':
      return '-';
    case 'upgraded':
    case 'downgraded':
    case 'source':
    case 'files':
    case 'marker':
      return '~';
    default:
      return change.kind satisfies never;
  }
}

function versions({ from, to }: LockChange): string {
  if (from === null || to === null) return versionText(to ?? from);
  return from.version === to.version ? versionText(to) : `${versionText(from)} -> ${versionText(to)}`;
}

function versionText(side: ChangeSide | null): string {
  return side?.version ?? '(no version)';
}

function detailsOf(change: LockChange, now: number | undefined): readonly string[] {
  const { kind, from, to, targets } = change;
  return [
    ...(kind === 'downgraded' ? ['a downgrade'] : []),
    ...(kind === 'source' ? ['from another source'] : []),
    ...(kind === 'files' ? ['with other files or hashes'] : []),
    ...(kind === 'marker'
      ? [`for ${to?.marker ?? 'every environment'}, was for ${from?.marker ?? 'every one'}`]
      : []),
    ...(targets === null ? [] : [`on ${targets.map(targetText).join(', ')}`]),
    ...sizeDetail(from?.size ?? null, to?.size ?? null, to === null),
    ...(to?.yanked == null ? [] : [`YANKED${to.yanked === '' ? '' : `: ${to.yanked}`}`]),
    ...(to === null || kind === 'marker' ? [] : uploadDetail(to.uploadTime, now)),
  ];
}

function targetText({ python, platform }: LockedTarget): string {
  return `${python} ${platform}`;
}

function sizeDetail(from: number | null, to: number | null, removed: boolean): readonly string[] {
  if (removed) return from === null ? [] : [`-${bytes(from)}`];
  if (to === null || from === to) return [];
  if (from === null) return [bytes(to)];
  return [`${to > from ? '+' : '-'}${bytes(Math.abs(to - from))}`];
}

function uploadDetail(time: string | null, now: number | undefined): readonly string[] {
  if (time === null) return [];
  const age = now === undefined ? Number.NaN : now - Date.parse(time);
  return [Number.isNaN(age) ? `uploaded ${time.slice(0, 10)}` : `uploaded ${ageText(age)} ago`];
}

function ageText(milliseconds: number): string {
  const hours = Math.max(0, milliseconds) / 3_600_000;
  if (hours < 48) return count(Math.floor(hours), 'hour');
  const days = Math.floor(hours / 24);
  if (days < 60) return count(days, 'day');
  return days < 730 ? count(Math.floor(days / 30.4), 'month') : count(Math.floor(days / 365.25), 'year');
}

/** Those that moved too come first; of the others a few are enough. */
function reasonTexts(change: LockChange): readonly string[] {
  const texts = change.reasons.map((reason) => reasonText(reason, change));
  return texts.length <= 4 ? texts : [...texts.slice(0, 3), `and ${texts.length - 3} more`];
}

function reasonText({ by, text, place, moved }: ChangeReason, { kind }: LockChange): string {
  const wanted = text === null ? '' : `: ${text}`;
  if (by === null)
    return `${kind === 'removed' ? 'was asked for' : 'asked for'} by ${place ?? 'the user'}${wanted}`;
  const verb = kind === 'removed' ? 'was needed by' : moved ? 'forced by' : 'needed by';
  return `${verb} ${by}${wanted}`;
}

function summary(diff: LockDiff): string {
  const names = (kinds: readonly string[]): number =>
    diff.changes.filter(({ kind }) => kinds.includes(kind)).length;
  const parts = [
    `${names(['added'])} added`,
    `${names(['removed'])} removed`,
    `${names(['upgraded', 'downgraded', 'source', 'files', 'marker'])} changed`,
    `${diff.unchanged} the same`,
  ];
  return parts.join(', ');
}

function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(0)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function escapeCell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\r?\n/g, ' ');
}
