import { afterEach, describe, expect, it } from 'vitest';
import {
  BadArchiveError,
  RemoteArchiveError,
  readRemoteMember,
  readRemoteMembers,
  readRemoteMetadata,
} from '../src/index.ts';
import {
  always200,
  etagOf,
  exactRanges,
  type FileServer,
  gzipAlways,
  noSuffixRanges,
  redirectTo,
  serve,
  strict416,
} from './support/servers.ts';
import { buildZip, fooMetadata, noise, wheelMembers, type ZipMember } from './support/zip-builder.ts';

const open: FileServer[] = [];

async function start(...args: Parameters<typeof serve>): Promise<FileServer> {
  const server = await serve(...args);
  open.push(server);
  return server;
}

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** The dist-info before everything else, as the tools that repair wheels leave it. */
function front(padding: number): readonly ZipMember[] {
  const members = wheelMembers(padding);
  const described = members.filter(({ name }) => name.includes('.dist-info/'));
  return [...described, ...members.filter((member) => !described.includes(member))];
}

const small = buildZip(wheelMembers());
const large = buildZip(wheelMembers(1_000_000));
const largeFront = buildZip(front(1_000_000));

describe('readRemoteMetadata', () => {
  it.each([
    // server, file, requests on first acquaintance, requests after, most bytes
    ['exact ranges', exactRanges, small, 1, 1, small.length],
    ['exact ranges', exactRanges, large, 1, 1, 16_384],
    ['exact ranges, dist-info first', exactRanges, largeFront, 2, 2, 17_500],
    ['no suffix ranges', noSuffixRanges, large, 3, 2, 16_384],
    ['200 always', always200, small, 1, 1, small.length],
    ['200 always', always200, large, 1, 1, large.length],
    ['200 always, dist-info first', always200, largeFront, 1, 1, 130_000],
    ['416 past the end', strict416, small, 3, 2, small.length],
    ['416 past the end', strict416, large, 1, 1, 16_384],
    ['gzip on the fly', gzipAlways, large, 2, 1, large.length],
  ] as const)('reads from a server with %s', async (_what, habit, file, first, then, most) => {
    const server = await start(habit, file);
    const habits = new Map();
    for (const expected of [first, then]) {
      server.asked.length = 0;
      const { bytes, metadata, transfer } = await readRemoteMetadata(server.url, fetch, { habits });
      expect(text(bytes)).toBe(fooMetadata);
      expect(metadata.requiresDist).toEqual(['bar>=2']);
      expect(server.asked).toHaveLength(expected);
      expect(transfer.requests).toBe(expected);
      expect(transfer.bytes).toBeLessThanOrEqual(most);
    }
  });

  it('follows a redirect to another port, asks that one from then on, and does not give it the credentials', async () => {
    const seen: (string | undefined)[] = [];
    const target = await start((request, response, file, range) => {
      seen.push(request.headers.authorization);
      exactRanges(request, response, file, range);
    }, largeFront);
    const server = await start(
      redirectTo(() => target.url),
      largeFront,
    );
    const { transfer } = await readRemoteMetadata(server.url, fetch, {
      headers: { Authorization: 'Basic secret' },
    });
    expect(transfer).toMatchObject({ requests: 2, route: 'suffix-range' });
    expect(server.asked).toHaveLength(1);
    expect(target.asked).toHaveLength(2);
    expect(seen).toEqual([undefined, undefined]);
  });

  it('needs one request of a server without suffix ranges where the index tells the size', async () => {
    const server = await start(noSuffixRanges, large);
    const { transfer } = await readRemoteMetadata(server.url, fetch, { size: large.length });
    expect(transfer).toMatchObject({ requests: 1, route: 'range', detours: [] });
  });

  it('gets over a size that the index tells wrong', async () => {
    for (const size of [large.length - 7, large.length + 7, large.length * 2]) {
      const server = await start(exactRanges, large);
      const { metadata, transfer } = await readRemoteMetadata(server.url, fetch, { size });
      expect(metadata.name).toBe('foo');
      expect(transfer).toMatchObject({ requests: 2, size: large.length });
    }
  });

  it('takes a suffix range that was answered with the beginning for what it is', async () => {
    const server = await start((request, response, file, range) => {
      exactRanges(request, response, file, range?.replace('bytes=-', 'bytes=0-'));
    }, large);
    const habits = new Map();
    const { transfer } = await readRemoteMetadata(server.url, fetch, { habits });
    expect(transfer).toMatchObject({
      requests: 2,
      route: 'range',
      detours: ['the suffix range was misunderstood'],
    });
    expect([...habits.values()]).toEqual(['range']);
  });

  it('falls back to the whole file where a range is answered with another one', async () => {
    const server = await start((request, response, file, range) => {
      if (range === undefined) return exactRanges(request, response, file, range);
      response.writeHead(206, { 'content-range': `bytes 5-24/${file.length}`, 'content-length': 20 });
      response.end(file.subarray(5, 25));
    }, large);
    const { transfer, metadata } = await readRemoteMetadata(server.url, fetch);
    expect(metadata.name).toBe('foo');
    expect(transfer.route).toBe('stream');
    expect(transfer.detours.length).toBeGreaterThan(0);
  });

  it('takes the whole file where HEAD says that ranges are not accepted', async () => {
    const server = await start((request, response, file, range) => {
      if (range === undefined) return always200(request, response, file, range);
      response.writeHead(405);
      response.end();
    }, large);
    const { transfer } = await readRemoteMetadata(server.url, fetch);
    expect(server.asked).toEqual(['GET bytes=-16384', 'HEAD', 'GET']);
    expect(transfer.detours).toEqual(['the suffix range was refused (405)', 'the server accepts no ranges']);
  });

  it('begins again where the file changes between two ranges', async () => {
    const other = buildZip(front(1_000_001));
    const server = await start((request, response, file, range) => {
      exactRanges(request, response, file, range);
      server.file = other;
    }, largeFront);
    const { transfer, metadata } = await readRemoteMetadata(server.url, fetch);
    expect(metadata.name).toBe('foo');
    expect(transfer).toMatchObject({ size: other.length, detours: ['the file changed between two ranges'] });
    expect(server.asked).toHaveLength(4);
  });

  it('gives up where the file changes all the time', async () => {
    let turn = 0;
    const server = await start((request, response, _file, range) => {
      exactRanges(request, response, buildZip(front(1_000_000 + turn++)), range);
    }, largeFront);
    await expect(readRemoteMetadata(server.url, fetch)).rejects.toMatchObject({ kind: 'changed' });
  });

  it('goes on with the whole file where the second range is ignored', async () => {
    let first = true;
    const server = await start((request, response, file, range) => {
      if (first) exactRanges(request, response, file, range);
      else always200(request, response, file, range);
      first = false;
    }, largeFront);
    const { transfer } = await readRemoteMetadata(server.url, fetch);
    expect(transfer).toMatchObject({ requests: 2, route: 'stream' });
    expect(transfer.bytes).toBeLessThan(150_000);
  });

  it.each([
    [404, 'missing'],
    [401, 'refused'],
    [403, 'refused'],
    [429, 'refused'],
    [503, 'unreachable'],
  ] as const)('says what a %i means', async (status, kind) => {
    const server = await start((_request, response) => {
      response.writeHead(status);
      response.end();
    }, small);
    const url = `${server.url.replace('http://', 'http://user:secret@')}?signature=1`;
    const bare: typeof fetch = (input, init) => fetch(String(input).replace('user:secret@', ''), init);
    const error = await readRemoteMetadata(url, bare).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RemoteArchiveError);
    expect(error).toMatchObject({ kind, status });
    expect(String(error)).not.toContain('secret');
    expect(String(error)).not.toContain('signature');
    expect(server.asked).toHaveLength(1);
  });

  it('says that the connection was cut', async () => {
    const server = await start((_request, response, file) => {
      response.writeHead(206, {
        'content-range': `bytes 0-${file.length - 1}/${file.length}`,
        'content-length': file.length,
      });
      response.write(file.subarray(0, 100), () => response.destroy());
    }, small);
    await expect(readRemoteMetadata(server.url, fetch)).rejects.toMatchObject({ kind: 'unreachable' });
    await server.close();
    open.pop();
    await expect(readRemoteMetadata(server.url, fetch)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('says nothing of credentials where the client refuses a URL that has some', async () => {
    const error = await readRemoteMetadata(
      'http://user:secret@127.0.0.1/foo-1.0-py3-none-any.whl',
      fetch,
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'unreachable', url: 'http://127.0.0.1/foo-1.0-py3-none-any.whl' });
    expect(String(error)).not.toContain('secret');
  });

  it('stops when it is told to', async () => {
    const server = await start(exactRanges, small);
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(readRemoteMetadata(server.url, fetch, { signal: controller.signal })).rejects.toThrow(
      'enough',
    );
  });

  it('asks the server in its ETag only for what it can promise', async () => {
    const conditions: unknown[] = [];
    const server = await start((request, response, file, range) => {
      conditions.push(request.headers['if-range']);
      exactRanges(request, response, file, range);
    }, largeFront);
    await readRemoteMetadata(server.url, fetch);
    expect(conditions).toEqual([undefined, etagOf(largeFront)]);
  });

  it('refuses the metadata of another project, version, or several', async () => {
    const named = async (name: string, file: Uint8Array, kind: string): Promise<void> => {
      const server = await start(exactRanges, file, name);
      await expect(readRemoteMetadata(server.url, fetch)).rejects.toMatchObject({ kind });
      await server.close();
      open.pop();
    };
    await named('bar-1.0-py3-none-any.whl', small, 'metadata-mismatch');
    await named('foo-1.1-py3-none-any.whl', small, 'metadata-mismatch');
    await named('foo-1.0-py3-none-any.whl', buildZip([{ name: 'a', data: '' }]), 'no-dist-info');
    const several = [...wheelMembers(), { name: 'bar-1.dist-info/METADATA', data: '' }];
    await named('foo-1.0-py3-none-any.whl', buildZip(several), 'several-dist-infos');
    const twice = [...wheelMembers(), { name: 'foo-1.0.dist-info/METADATA', data: 'Name: other' }];
    await named('foo-1.0-py3-none-any.whl', buildZip(twice), 'duplicate-member');
    await named(
      'foo-1.0-py3-none-any.whl',
      new TextEncoder().encode('<html>sign in</html>'),
      'not-an-archive',
    );
  });
});

describe('readRemoteMembers', () => {
  it('reads members that lie together in one request, and leaves out what is not there', async () => {
    const server = await start(exactRanges, largeFront);
    const names = ['METADATA', 'WHEEL', 'RECORD', 'entry_points.txt'].map(
      (name) => `foo-1.0.dist-info/${name}`,
    );
    const { members, directory, transfer } = await readRemoteMembers(server.url, names, fetch);
    expect([...members.keys()].sort()).toEqual(names.filter((name) => !name.includes('entry')).sort());
    expect(transfer.requests).toBe(2);
    expect(directory?.entries).toHaveLength(5);
  });

  it('makes one request for each of two members far apart', async () => {
    const file = buildZip([
      { name: 'first', data: 'a' },
      { name: 'middle', data: noise(300_000), stored: true },
      { name: 'second', data: 'b' },
      { name: 'last', data: noise(300_000), stored: true },
    ]);
    const server = await start(exactRanges, file);
    const { members, transfer } = await readRemoteMembers(server.url, ['first', 'second'], fetch);
    expect([...members].map(([name, bytes]) => `${name}=${text(bytes)}`).sort()).toEqual([
      'first=a',
      'second=b',
    ]);
    expect(transfer).toMatchObject({ requests: 3 });
    expect(transfer.bytes).toBeLessThan(20_000);
  });

  it('reads one member, and says where there is none', async () => {
    const server = await start(always200, large);
    expect(text(await readRemoteMember(server.url, 'foo/__init__.py', fetch))).toBe('x = 1\n');
    const error = await readRemoteMember(server.url, 'foo/nothing.py', fetch).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BadArchiveError);
    expect(error).toMatchObject({ kind: 'missing-member', member: 'foo/nothing.py' });
  });
});
