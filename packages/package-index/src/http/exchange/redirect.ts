import { SourceError } from '@pyplan/resolver';
import { withoutCredentials } from '../url.ts';

const MAX_REDIRECTS = 10;

export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * Where a redirect leads; credentials in it are dropped.
 *
 * @throws {SourceError} where it leads in circles, to no URL, or from https to http.
 */
export function redirectTarget(from: URL, location: string, redirects: number): URL {
  const shown = withoutCredentials(from.href);
  const refuse = (reason: string): SourceError =>
    new SourceError(`${shown}: ${reason}`, { kind: 'refused', url: shown });
  if (redirects >= MAX_REDIRECTS) throw refuse(`more than ${MAX_REDIRECTS} redirects`);
  const target = URL.parse(location, from);
  if (target === null) throw refuse('redirects to what is no URL');
  target.username = '';
  target.password = '';
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw refuse(`redirects to ${target.protocol}, which is not followed`);
  }
  if (from.protocol === 'https:' && target.protocol !== 'https:') {
    throw refuse(
      `redirects from https to ${target.origin}, without encryption; use an index that keeps to https`,
    );
  }
  return target;
}
