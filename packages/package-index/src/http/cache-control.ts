/** How long an answer may be used again, and by what it is asked for anew (RFC 9111, sections 4.2 and 5.2). */
export interface Freshness {
  /** Milliseconds since the epoch; in the past: ask again before each use. */
  readonly expires: number;
  /** False: it must not be written down. */
  readonly store: boolean;
}

/** Reads the headers of an answer that came at `now`. A private cache: `s-maxage` is not for it. */
export function freshness(header: (name: string) => string | null, now: number): Freshness {
  const directives = parseDirectives(header('cache-control') ?? '');
  const store = !directives.has('no-store');
  if (!store || directives.has('no-cache')) return { expires: 0, store };
  const maxAge = directives.get('max-age');
  if (maxAge !== undefined) {
    const age = seconds(header('age') ?? '') ?? 0;
    return { expires: now + ((seconds(maxAge) ?? 0) - age) * 1000, store };
  }
  const expires = Date.parse(header('expires') ?? '');
  if (Number.isNaN(expires)) return { expires: 0, store };
  const sent = Date.parse(header('date') ?? '');
  return { expires: Number.isNaN(sent) ? expires : now + (expires - sent), store };
}

function seconds(text: string): number | null {
  const match = /^\s*"?(\d+)"?\s*$/.exec(text);
  return match === null ? null : Math.min(Number(match[1]), 0x7fff_ffff);
}

function parseDirectives(value: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of value.split(',')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (name !== '' && !directives.has(name))
      directives.set(name, equals < 0 ? '' : part.slice(equals + 1).trim());
  }
  return directives;
}
