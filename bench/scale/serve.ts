import { hash } from 'node:crypto';
import { createServer } from 'node:http';
import { type SyntheticWorld, shapes } from './world.ts';

/**
 * Serves a synthetic world as a Simple API on loopback, pages as JSON and a sidecar for each wheel, none of which
 * exists: `node serve.ts SHAPE COUNT SEED` prints its port. It stops when its standard input ends.
 */
const [shape = '', count = '', seed = ''] = process.argv.slice(2);
const make = shapes[shape];
if (make === undefined)
  throw new Error(`there is no shape "${shape}"; there are ${Object.keys(shapes).join(', ')}`);

const answers = answersOf(make(Number(count), Number(seed)));
const server = createServer((request, response) => {
  const answer = answers.get(request.url ?? '');
  const headers = { 'content-type': answer?.type ?? 'text/plain', 'cache-control': 'max-age=3600, public' };
  response.writeHead(answer === undefined ? 404 : 200, headers).end(answer?.body());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.on('end', () => process.exit()).resume();

interface Answer {
  readonly type: string;
  body(): string;
}

/** By path. Bodies are made when they are asked for. */
function answersOf({ packages }: SyntheticWorld): ReadonlyMap<string, Answer> {
  const all = new Map<string, Answer>();
  for (const [name, versions] of packages) {
    const wheel = (version: string): string => `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
    all.set(`/simple/${name}/`, {
      type: 'application/vnd.pypi.simple.v1+json',
      body: () =>
        page(
          name,
          versions.map(({ version }) => wheel(version)),
        ),
    });
    for (const { version, requires } of versions) {
      const lines = ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`];
      all.set(`/files/${wheel(version)}.metadata`, {
        type: 'text/plain',
        body: () => [...lines, ...requires.map((line) => `Requires-Dist: ${line}`), '', ''].join('\n'),
      });
    }
  }
  return all;
}

function page(name: string, wheels: readonly string[]): string {
  const files = wheels.map((filename) => ({
    filename,
    url: `../../files/${filename}`,
    // Each its own: uv takes files of one digest for one file.
    hashes: { sha256: hash('sha256', filename) },
    'upload-time': '2026-01-01T00:00:00Z',
    'core-metadata': true,
    size: 1000,
  }));
  return JSON.stringify({ meta: { 'api-version': '1.1' }, name, versions: [], files });
}
