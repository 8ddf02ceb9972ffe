import { PageError } from './page-error.ts';

/**
 * Checks the `api-version` of a page (PEP 629): a major version above 1 must not be read on, since its
 * meaning is not known; none at all is 1.0.
 *
 * @throws {PageError}
 */
export function checkApiVersion(version: unknown): void {
  if (typeof version !== 'string') return;
  const match = /^\s*(\d+)\.(\d+)\s*$/.exec(version);
  if (match === null)
    throw new PageError(`the API version of the page, ${JSON.stringify(version)}, is no number`);
  if (Number(match[1]) !== 1) {
    throw new PageError(`the page has API version ${version}; this program reads version 1: update it`);
  }
}
