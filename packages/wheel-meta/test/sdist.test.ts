import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { isStaticSdist, readRemoteSdist, readSdist } from '../src/index.ts';
import { exactRanges, type FileServer, serve } from './support/servers.ts';
import { buildTar, buildTarGz, paxMember, type TarMember } from './support/tar-builder.ts';
import { buildZip, noise } from './support/zip-builder.ts';

const filename = 'foo-1.0.tar.gz';
const text = (bytes: Uint8Array | null | undefined): string => new TextDecoder().decode(bytes ?? undefined);
const pkgInfo = (version: string, ...more: readonly string[]): string =>
  [`Metadata-Version: ${version}`, 'Name: foo', 'Version: 1.0', ...more, '', ''].join('\n');
const big = noise(2_000_000);

const open: FileServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function remote(
  file: Uint8Array,
  name = filename,
): Promise<{ readonly server: FileServer; readonly url: string }> {
  const server = await serve(exactRanges, file, name);
  open.push(server);
  return { server, url: server.url };
}

describe('readRemoteSdist', () => {
  it('stops the transfer of a tar.gz once a static PKG-INFO is read', async () => {
    const { url } = await remote(
      buildTarGz([
        { name: 'foo-1.0/', type: '5' },
        { name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.2', 'Requires-Dist: bar') },
        { name: 'foo-1.0/data.bin', data: big },
        { name: 'foo-1.0/pyproject.toml', data: '[project]' },
      ]),
    );
    const { pkgInfo: info, pyproject, transfer } = await readRemoteSdist(url, fetch);
    expect(info?.metadata.requiresDist).toEqual(['bar']);
    expect(info === null ? null : isStaticSdist(info.metadata)).toEqual({ static: true });
    expect(pyproject).toBeNull();
    expect(transfer.requests).toBe(1);
    expect(transfer.bytes).toBeLessThan(500_000);
  });

  it('goes on to pyproject.toml where PKG-INFO is not static', async () => {
    const { url } = await remote(
      buildTarGz([
        { name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.1') },
        { name: 'foo-1.0/foo.egg-info/PKG-INFO', data: pkgInfo('2.2') },
        { name: 'foo-1.0/data.bin', data: big },
        { name: 'foo-1.0/pyproject.toml', data: '[project]\n' },
      ]),
    );
    const found = await readRemoteSdist(url, fetch);
    expect(text(found.pyproject)).toBe('[project]\n');
    expect(found.pkgInfo?.metadata.metadataVersion).toBe('2.1');
  });

  it('reads a zip by ranges', async () => {
    const file = buildZip([
      { name: 'foo-1.0/data.bin', data: big, stored: true },
      { name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.3') },
    ]);
    const { url } = await remote(file, 'foo-1.0.zip');
    const found = await readRemoteSdist(url, fetch);
    expect(found.pkgInfo?.metadata.metadataVersion).toBe('2.3');
    expect(found.transfer.bytes).toBeLessThan(50_000);
  });

  it('takes a tar that was unpacked on the way', async () => {
    const tar = buildTar([{ name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.2') }]);
    const server = await serve(
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(tar));
      },
      tar,
      filename,
    );
    open.push(server);
    expect((await readRemoteSdist(server.url, fetch)).pkgInfo?.metadata.name).toBe('foo');
  });

  it('passes over a tar.bz2 with the reason', async () => {
    const { url, server } = await remote(new Uint8Array(), 'foo-1.0.tar.bz2');
    await expect(readRemoteSdist(url, fetch)).rejects.toThrow(
      /foo-1\.0\.tar\.bz2: a source distribution is a \.tar\.gz/,
    );
    expect(server.asked).toEqual([]);
  });

  it('says that there is no such file', async () => {
    const server = await serve(
      (_request, response) => {
        response.writeHead(404);
        response.end();
      },
      new Uint8Array(),
      filename,
    );
    open.push(server);
    await expect(readRemoteSdist(server.url, fetch)).rejects.toMatchObject({ kind: 'missing', status: 404 });
  });
});

describe('readSdist', () => {
  const read = (members: readonly TarMember[]) => readSdist(buildTarGz(members), filename);

  it('finds names in pax and GNU headers, and in a ustar without a directory', () => {
    const long = `foo-1.0/${'x'.repeat(150)}`;
    expect(text(read(paxMember('foo-1.0/PKG-INFO', pkgInfo('2.2'))).pkgInfo?.bytes)).toBe(pkgInfo('2.2'));
    const gnu: readonly TarMember[] = [
      { name: '././@LongLink', type: 'L', data: './foo-1.0/PKG-INFO\0' },
      { name: 'cut', data: pkgInfo('2.2') },
      { name: '././@LongLink', type: 'L', data: `${long}\0` },
      { name: 'cut', data: 'x' },
    ];
    expect(read(gnu).pkgInfo?.metadata.version).toBe('1.0');
    expect(read([{ name: 'other-1/PKG-INFO', data: 'x' }, { name: 'foo-1.0/setup.py' }]).pkgInfo).toBeNull();
  });

  it('takes PKG-INFO to tell where the name ends in the name of the file', () => {
    const info = pkgInfo('2.2').replace('1.0', '1.0.post1');
    const sdist = buildTarGz([{ name: 'foo-1.0.post1/PKG-INFO', data: info }]);
    expect(readSdist(sdist, 'foo-1.0-1.tar.gz').pkgInfo?.metadata.version).toBe('1.0.post1');
    expect(() => readSdist(sdist, 'foo-1.0-2.tar.gz')).toThrow(
      expect.objectContaining({ kind: 'metadata-mismatch' }),
    );
  });

  it('reads links and directories that state a size without data', () => {
    const found = read([
      { name: 'foo-1.0', type: '5', size: 512 },
      { name: 'foo-1.0/link', type: '2', size: 100 },
      { name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.2') },
    ]);
    expect(found.pkgInfo?.metadata.name).toBe('foo');
  });

  it('reads a gzip padded with zeros, and one of several members', () => {
    const tar = buildTar([{ name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.2') }]);
    const padded = Buffer.concat([gzipSync(tar), Buffer.alloc(100)]);
    expect(readSdist(new Uint8Array(padded), filename).pkgInfo?.metadata.name).toBe('foo');
    const parts = Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))]);
    expect(readSdist(new Uint8Array(parts), filename).pkgInfo?.metadata.name).toBe('foo');
  });

  it.each([
    [
      'another version',
      [{ name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.2').replace('1.0', '1.1') }],
      'metadata-mismatch',
    ],
    ['a wrong checksum', [{ name: 'foo-1.0/PKG-INFO', data: 'x', checksum: 1 }], 'corrupt'],
    ['a member past the end', [{ name: 'foo-1.0/PKG-INFO', data: 'x', size: 10_000 }], 'truncated'],
    ['a PKG-INFO of a gigabyte', [{ name: 'foo-1.0/PKG-INFO', data: 'x', size: 2 ** 30 }], 'too-large'],
    ['a malformed pax header', [{ name: 'pax', type: 'x', data: 'path=foo' }], 'corrupt'],
    ['two of them', [{ name: 'foo-1.0/PKG-INFO' }, { name: 'foo-1.0/PKG-INFO' }], 'duplicate-member'],
    ['two roots', [{ name: 'foo-1.0/PKG-INFO' }, { name: 'foo-1.1/PKG-INFO' }], 'duplicate-member'],
  ] as const)('refuses %s', (_what, members, kind) => {
    expect(() => read(members)).toThrow(expect.objectContaining({ name: 'BadArchiveError', kind }));
  });

  it.each([
    ['nothing', new Uint8Array(), 'not-an-archive'],
    ['text', new TextEncoder().encode('<html>'.repeat(200)), 'corrupt'],
    ['a cut gzip', buildTarGz([{ name: 'foo-1.0/x', data: big }]).subarray(0, 100_000), 'corrupt'],
    ['an empty gzip', new Uint8Array(gzipSync(new Uint8Array())), 'not-an-archive'],
    [
      'a bomb',
      new Uint8Array(gzipSync(buildTar([{ name: 'foo-1.0/zeros', data: new Uint8Array(40_000_000) }]))),
      'too-large',
    ],
  ])('refuses %s', (_what, bytes, kind) => {
    expect(() => readSdist(bytes, filename)).toThrow(
      expect.objectContaining({ name: 'BadArchiveError', kind }),
    );
  });

  it('finds nothing in a tar without members', () => {
    expect(readSdist(new Uint8Array(gzipSync(Buffer.alloc(1024))), filename)).toEqual({
      pkgInfo: null,
      pyproject: null,
    });
  });

  it('notices damage after what it was looking for', () => {
    const bytes = buildTarGz([
      { name: 'foo-1.0/PKG-INFO', data: pkgInfo('2.2') },
      { name: 'foo-1.0/x', data: big },
    ]);
    bytes[bytes.length - 1000] = (bytes[bytes.length - 1000] ?? 0) ^ 1;
    expect(() => readSdist(bytes, filename)).toThrow(/gzip file is damaged/);
  });
});
