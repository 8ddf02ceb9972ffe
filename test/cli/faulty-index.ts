import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { exampleSnapshot } from './run-pyplan.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyIndex {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves the example's snapshot on loopback; paths that `faults` names are answered by it instead.
 */
export async function faultyIndex(faults: Readonly<Record<string, Answer>> = {}): Promise<FaultyIndex> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    const fault = faults[path];
    if (fault === undefined) serveExample(path, response);
    else fault(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/simple`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers with what the example's snapshot has there. */
export function serveExample(path: string, response: ServerResponse): void {
  const file = join(exampleSnapshot, path, path.endsWith('/') ? 'index.json' : '');
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': contentType(path) }).end(readFileSync(file));
}

function contentType(path: string): string {
  return path.endsWith('/') ? jsonPage : 'application/octet-stream';
}

const jsonPage = 'application/vnd.pypi.simple.v1+json';

/** Answers with a status. */
export function status(code: number): Answer {
  return (_, response) => void response.writeHead(code).end('fault');
}

/** Promises all of the example's page of `name` and sends its first half. */
export function halfPage(name: string): Answer {
  return (_, response) => {
    const page = readFileSync(join(exampleSnapshot, 'simple', name, 'index.json'));
    response.writeHead(200, { 'content-type': jsonPage, 'content-length': page.length });
    response.write(page.subarray(0, page.length / 2), () => response.destroy());
  };
}

/** A page that ends in the middle, though the server says that this is all of it. */
export function cutPage(name: string): Answer {
  return (_, response) => {
    const page = readFileSync(join(exampleSnapshot, 'simple', name, 'index.json'));
    response.writeHead(200, { 'content-type': jsonPage }).end(page.subarray(0, page.length / 2));
  };
}

/** Metadata that its hash on the page is not of. */
export const otherBytes: Answer = (_, response) =>
  void response.writeHead(200).end('Metadata-Version: 2.1\nName: flask\nVersion: 3.1.3\n');

/** Answers for a project of pure wheels that need nothing, its metadata in sidecars. */
export function project(name: string, versions: readonly string[]): Readonly<Record<string, Answer>> {
  const files = versions.map((version) => ({
    filename: `${name}-${version}-py3-none-any.whl`,
    url: `../../files/${name}-${version}-py3-none-any.whl`,
    hashes: { sha256: '0'.repeat(64) },
    'core-metadata': true,
    size: 1000,
  }));
  const page = { meta: { 'api-version': '1.1' }, name, versions, files };
  return {
    [`/simple/${name}/`]: (_, response) =>
      void response.writeHead(200, { 'content-type': jsonPage }).end(JSON.stringify(page)),
    ...Object.fromEntries(
      versions.map((version): [string, Answer] => [
        `/files/${name}-${version}-py3-none-any.whl.metadata`,
        (_, response) =>
          void response.writeHead(200).end(`Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`),
      ]),
    ),
  };
}
