import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Handler, type TestServer, testServer } from './server.ts';

export const SIMPLE_JSON = 'application/vnd.pypi.simple.v1+json';

export interface WorldOptions {
  /** Answers before the world does, where it gives true. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse, count: number) => boolean;
  readonly cacheControl?: string;
}

export function sidecarText(name: string, version: string, requires: readonly string[] = []): string {
  return [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...requires.map((text) => `Requires-Dist: ${text}`),
    '',
    '',
  ].join('\n');
}

/** A page in JSON of pure wheels, as an index gives it. */
export function pageText(name: string, versions: readonly string[], extra: object = {}): string {
  return JSON.stringify({
    meta: { 'api-version': '1.1' },
    name,
    files: versions.map((version) => {
      const filename = `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
      return {
        filename,
        url: `../../files/${name}/${filename}`,
        hashes: { sha256: hash('sha256', filename) },
        'requires-python': '>=3.8',
        size: 1000,
        'upload-time': '2026-01-02T03:04:05.000000Z',
        yanked: false,
        'core-metadata': { sha256: hash('sha256', sidecarText(name, version)) },
      };
    }),
    ...extra,
  });
}

/** An index of pure wheels without dependencies: project names to versions. */
export function worldHandler(
  world: Readonly<Record<string, readonly string[]>>,
  options: WorldOptions = {},
): Handler {
  return (request, response, count) => {
    if (options.intercept?.(request, response, count)) return;
    const [, kind, name = '', file = ''] = (request.url ?? '').split('/');
    const versions = world[name];
    if (versions === undefined) {
      response.writeHead(404).end('no such project');
      return;
    }
    if (kind === 'simple') {
      const body = pageText(name, versions);
      const etag = `"${hash('sha256', body).slice(0, 16)}"`;
      const headers = { etag, 'cache-control': options.cacheControl ?? 'max-age=600' };
      if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, 'content-type': SIMPLE_JSON }).end(body);
      return;
    }
    const version = /-([^-]+)-py3-none-any\.whl\.metadata$/.exec(file)?.[1];
    if (version === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(sidecarText(name, version));
  };
}

export function worldServer(
  world: Readonly<Record<string, readonly string[]>>,
  options: WorldOptions = {},
): Promise<TestServer> {
  return testServer(worldHandler(world, options));
}
