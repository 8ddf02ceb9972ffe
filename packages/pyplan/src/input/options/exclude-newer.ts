import type { UploadLimit } from '@pyplan/resolver';
import { InputError, type InputPlace } from '../input-error.ts';

const day = 86_400_000;
const unitLengths: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day,
  week: 7 * day,
};

/** Where a limit on upload times was written: the option or the key, and its file. */
export interface LimitOrigin {
  readonly option: string;
  readonly place: InputPlace;
}

const onCommandLine: LimitOrigin = { option: '--exclude-newer', place: { source: 'argument' } };

/**
 * What `--exclude-newer` means: a moment in milliseconds since the epoch, or, for a duration, a cool-down that ends
 * at `now`.
 *
 * A time is RFC 3339 (`2026-11-01T00:00:00Z`); a date means to the end of that day in UTC, so that
 * the same line gives the same lock everywhere; a duration is in ISO 8601 (`P7D`, `PT12H`) or in words
 * (`7 days`, `2 weeks`).
 *
 * @throws InputError for anything else, and for units of no fixed length (months, years).
 */
export function parseExcludeNewer(
  text: string,
  now: number,
  origin: LimitOrigin = onCommandLine,
): UploadLimit {
  const trimmed = text.trim();
  const moment = parseTime(trimmed) ?? parseDate(trimmed);
  if (moment !== null) return moment;
  const age = parseIsoDuration(trimmed) ?? parseWords(trimmed);
  if (age !== null) return { now, age };
  throw new InputError(`${origin.option} can't read ${JSON.stringify(text)}`, {
    place: origin.place,
    hint: 'Expected a time (2026-11-01T00:00:00Z), a date (2026-11-01) or a duration (P7D, "7 days")',
  });
}

/** The same, or null for `false`, which lifts a limit (as in uv). */
export function parseUploadLimit(text: string, now: number, origin: LimitOrigin): UploadLimit | null {
  return text.trim() === 'false' ? null : parseExcludeNewer(text, now, origin);
}

function parseTime(text: string): number | null {
  const isTime = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text);
  if (!isTime) return null;
  const moment = Date.parse(text.toUpperCase().replace(' ', 'T'));
  return Number.isNaN(moment) ? null : moment;
}

function parseDate(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const moment = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March.
  const exists = !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
  return exists ? moment + day : null;
}

function parseIsoDuration(text: string): number | null {
  const match = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text);
  if (match === null) return null;
  const lengths = [7 * day, day, 3_600_000, 60_000, 1000];
  return lengths.reduce((sum, length, index) => sum + length * Number(match[index + 1] ?? 0), 0);
}

function parseWords(text: string): number | null {
  const match = /^(\d+)\s*(second|minute|hour|day|week)s?(?:\s+ago)?$/i.exec(text);
  const length = unitLengths[match?.[2]?.toLowerCase() ?? ''];
  return match === null || length === undefined ? null : Number(match[1]) * length;
}
