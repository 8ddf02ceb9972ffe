import type { DifferenceCause } from '@pyplan/resolver';
import { formatSome } from './some-targets.ts';

/**
 * A cause in words, for a table that names the package that differs.
 *
 * @param targets what is compared, of which the cause names the places; none where that goes without saying.
 */
export function causeText(
  cause: DifferenceCause,
  name: string,
  targets: readonly { readonly python: string; readonly platform: string }[],
): string {
  switch (cause.kind) {
    case 'marker':
    case 'requirement': {
      const verb = cause.constraint ? 'limits ' : '';
      return `${askerOf(cause)}: ${verb}${cause.text}`;
    }
    case 'requires-python':
      return `${versionOf(cause, name)}: Python ${cause.requiresPython}`;
    case 'wheel-tag':
      return `${versionOf(cause, name)}: no wheel${targets.length === 0 ? '' : ` for ${formatSome(cause.sides, targets)}`}`;
    case 'upload-time':
      return `${versionOf(cause, name)}: uploaded ${cause.uploadTime?.slice(0, 10) ?? 'at no known time'}`;
    case 'unavailable':
      return `${versionOf(cause, name)}: ${cause.reason}`;
  }
}

/** By a requirement the version counts, since other versions ask for something else. */
function askerOf({ kind, by, origin }: DifferenceCause & { kind: 'marker' | 'requirement' }): string {
  if (by !== null) return kind === 'marker' ? by.name : `${by.name} ${by.version}`;
  if (origin === null || origin.source === 'argument') return 'you';
  return origin.line === null ? origin.source : `${origin.source}:${origin.line}`;
}

function versionOf({ package: about, version }: { package: string; version: string }, name: string): string {
  return about === name ? version : `${about} ${version}`;
}
