import { normalizeName } from '@pyplan/markers';
import { SourceError } from '@pyplan/resolver';
import type { HttpClient } from '../http/client.ts';
import { indexBase } from '../http/url.ts';
import { refusal } from '../source/fetch-project.ts';
import { checkApiVersion } from './api-version.ts';
import { PageError } from './page-error.ts';
import { SIMPLE_ACCEPT } from './read-page.ts';

/**
 * The projects that an index lists, as it writes their names (Simple repository API, "Project list"). On a large
 * index this is a large answer; no resolution needs it.
 *
 * @throws {SourceError}
 */
export async function projectNames(
  indexUrl: string,
  client: HttpClient,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly string[]> {
  const answer = await client.get({ url: indexBase(indexUrl), headers: { accept: SIMPLE_ACCEPT }, signal });
  if (answer.status !== 200) throw refusal(answer, 'the list of projects');
  const type = answer.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  try {
    return type.endsWith('json') ? namesInJson(answer.body) : await namesInHtml(answer.body);
  } catch (cause) {
    if (!(cause instanceof PageError)) throw cause;
    throw new SourceError(`${answer.url}: ${cause.message}`, { kind: 'corrupt', url: answer.url, cause });
  }
}

function namesInJson(body: Buffer): readonly string[] {
  let list: { readonly meta?: { readonly 'api-version'?: unknown }; readonly projects?: unknown };
  try {
    list = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new PageError('the list of projects is not JSON', { cause });
  }
  checkApiVersion(list.meta?.['api-version']);
  if (!Array.isArray(list.projects)) throw new PageError('expected a list of projects');
  const projects: readonly { readonly name?: unknown }[] = list.projects;
  return projects.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
}

async function namesInHtml(body: Buffer): Promise<readonly string[]> {
  const { readProjectLinks } = await import('./page-html.ts');
  return readProjectLinks(body).filter((name) => normalizeName(name) !== '');
}
