import { SourceError } from '@pyplan/resolver';
import { withoutCredentials } from './url.ts';

/**
 * What went wrong on the wire, as one error.
 *
 * @param proxy through which it went, null for none: where nobody is there, that is who.
 */
export function unreachable(url: URL, proxy: string | null, cause: unknown, tries: number): SourceError {
  const shown = withoutCredentials(url.href);
  const times = tries > 1 ? ` (tried ${tries} times)` : '';
  const where = proxy !== null && isNobodyThere(cause) ? `by the proxy ${new URL(proxy).origin}: ` : '';
  return new SourceError(`${shown}: ${where}${reasonOf(cause)}${times}`, {
    kind: 'unreachable',
    url: shown,
    cause,
  });
}

/** The reason in words, with the code by which one can look it up. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing answers there (ECONNREFUSED)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host is not known (${code}); is there a network?`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return `the connection broke off before the answer was whole (${code})`;
    default:
      return code === '' || cause.message.includes(code) ? cause.message : `${cause.message} (${code})`;
  }
}

/** Whether there is no server, or no network: waiting long seldom helps. */
export function isNobodyThere(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isNobodyThere);
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENETUNREACH';
}
