/** Attempts at one request, the first included. */
export const MAX_ATTEMPTS = 6;

const FIRST_DELAY = 200;
const LONGEST_DELAY = 10_000;
/** A server that asks for a longer pause than this is told of as unreachable. */
export const LONGEST_PAUSE = 60_000;

/** Milliseconds before attempt `attempt + 1`: exponential, with full jitter in its upper half. */
export function backOff(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}

/** Whether an answer with this status is worth asking for again (RFC 9110, sections 15.5.9 and 15.6; RFC 6585). */
export function isRetryable(status: number): boolean {
  return (
    status === 408 || status === 429 || status === 425 || (status >= 500 && status !== 501 && status !== 505)
  );
}

/** Milliseconds that a Retry-After asks to wait (RFC 9110, section 10.2.3): seconds or a date; null for neither. */
export function retryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
