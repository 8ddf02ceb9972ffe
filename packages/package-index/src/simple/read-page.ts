import type { MaybePromise } from '@pyplan/resolver';
import { readJsonPage } from './json/page-json.ts';
import { PageError } from './page-error.ts';
import type { PageOrigin, PageRecord } from './page-record.ts';

/** What is asked for: JSON, else HTML (PEP 691, "Version and format selection"). */
export const SIMPLE_ACCEPT =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01';

/**
 * Reads a project page in the form that its content type names; the HTML parser is loaded when it is first
 * needed.
 *
 * @throws {PageError} on anything that is no page.
 */
export function readPage(
  bytes: Buffer,
  contentType: string | null,
  origin: PageOrigin,
): MaybePromise<PageRecord> {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  switch (type) {
    case 'application/vnd.pypi.simple.v1+json':
    case 'application/vnd.pypi.simple.latest+json':
    case 'application/json':
      return readJsonPage(bytes, origin);
    case 'application/vnd.pypi.simple.v1+html':
    case 'application/vnd.pypi.simple.latest+html':
    case 'text/html':
      return import('./page-html.ts').then(({ readHtmlPage }) =>
        readHtmlPage(bytes, charset(parameters), origin),
      );
    default:
      throw new PageError(
        `the answer is of type ${type === '' ? '(none)' : type}, which is no page of an index`,
      );
  }
}

function charset(parameters: readonly string[]): string | null {
  const found = parameters.find((parameter) => parameter.startsWith('charset='));
  return found?.slice('charset='.length).replace(/^"(.*)"$/, '$1') ?? null;
}
