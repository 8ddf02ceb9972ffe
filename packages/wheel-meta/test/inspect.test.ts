import { afterEach, describe, expect, it } from 'vitest';
import {
  type Collision,
  collisionsOf,
  inspectRemoteWheel,
  inspectWheel,
  parseEntryPoints,
  parseRecord,
  parseWheelFile,
} from '../src/index.ts';
import { always200, exactRanges, type FileServer, serve } from './support/servers.ts';
import { buildZip, fooMetadata, noise, type ZipMember } from './support/zip-builder.ts';

const filename = 'foo-1.0-py3-none-any.whl';
const open: FileServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** A wheel of these members with a dist-info, and a RECORD that lists all of them. */
function wheel(
  members: readonly ZipMember[],
  dist: Readonly<Record<string, string>> = {},
  name = 'foo',
): Uint8Array {
  const { RECORD: givenRecord, ...others } = dist;
  const described = {
    METADATA: fooMetadata.replace('foo', name),
    WHEEL: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    ...others,
  };
  const all: ZipMember[] = [
    ...members,
    ...Object.entries(described).map(([file, data]) => ({ name: `${name}-1.0.dist-info/${file}`, data })),
  ];
  const record = all.map((each) => {
    const quoted = /[,"]/.test(each.name) ? `"${each.name.replaceAll('"', '""')}"` : each.name;
    return `${quoted},sha256=${Buffer.from(each.data as string)
      .toString('hex')
      .slice(0, 43)},${Buffer.byteLength(each.data)}`;
  });
  const path = `${name}-1.0.dist-info/RECORD`;
  return buildZip([...all, { name: path, data: givenRecord ?? [...record, `${path},,`, ''].join('\n') }]);
}

const rich = wheel(
  [
    { name: 'foo/__init__.py', data: 'x = 1\n' },
    { name: 'foo/_speed.cpython-312-x86_64-linux-gnu.so', data: noise(50_000), stored: true },
    { name: 'foo.libs/libz.so.1.2', data: 'elf' },
    { name: 'foo.pth', data: 'import foo\n' },
    { name: 'bar.pth', data: '/some/directory\n' },
    { name: 'foo.start', data: 'foo:start\n' },
    { name: 'sitecustomize.py', data: '' },
    { name: 'foo-1.0.data/scripts/tool', data: '#!python\nprint()\n' },
    { name: 'foo-1.0.data/scripts/windowed', data: '#!pythonw\n' },
    { name: 'foo-1.0.data/scripts/shell', data: '#!/bin/sh\n' },
    { name: 'foo-1.0.data/scripts/binary', data: noise(60_000), stored: true },
    { name: 'foo-1.0.data/scripts/foo.exe', data: 'MZ' },
    { name: 'foo-1.0.data/data/share/man/foo.1', data: 'man' },
    { name: 'foo-1.0.data/headers/foo.h', data: '' },
    { name: 'foo-1.0.data/platlib/foo/extra.py', data: '' },
  ],
  {
    'entry_points.txt': '[console_scripts]\nfoo = foo:main [x]\nbroken = foo\n[gui_scripts]\nfoow=foo:gui\n',
    'top_level.txt': 'foo\n',
  },
);

describe('inspectWheel', () => {
  const inspection = inspectWheel(rich, filename);

  it('says which file goes where, by scheme', () => {
    const places = Object.fromEntries(
      inspection.files.map(({ path, scheme, target }) => [path, `${scheme}:${target}`]),
    );
    expect(places).toMatchObject({
      'foo/__init__.py': 'purelib:foo/__init__.py',
      'foo-1.0.data/scripts/tool': 'scripts:tool',
      'foo-1.0.data/data/share/man/foo.1': 'data:share/man/foo.1',
      'foo-1.0.data/headers/foo.h': 'headers:foo.h',
      'foo-1.0.data/platlib/foo/extra.py': 'platlib:foo/extra.py',
      'foo-1.0.dist-info/METADATA': 'purelib:foo-1.0.dist-info/METADATA',
    });
    expect(inspection.dataSchemes).toEqual(['data', 'headers', 'platlib', 'scripts']);
  });

  it('lists scripts with what they call or how they begin, without the wrappers that builders made', () => {
    expect(
      inspection.scripts.map((script) => [
        script.name,
        script.kind === 'file' ? script.shebang : script.reference,
      ]),
    ).toEqual([
      ['binary', 'unknown'],
      ['foo', 'foo:main [x]'],
      ['foow', 'foo:gui'],
      ['shell', 'other'],
      ['tool', 'python'],
      ['windowed', 'pythonw'],
    ]);
    expect(inspection.files.some(({ path }) => path.endsWith('foo.exe'))).toBe(false);
  });

  it('lists what runs when Python starts', () => {
    expect(inspection.startup).toEqual([
      { path: 'bar.pth', kind: 'pth', runsCode: false },
      { path: 'foo.pth', kind: 'pth', runsCode: true },
      { path: 'foo.start', kind: 'start', runsCode: true },
      { path: 'sitecustomize.py', kind: 'customize', runsCode: true },
    ]);
  });

  it('lists native libraries, sizes and names to import', () => {
    expect(inspection.nativeLibraries).toEqual([
      'foo.libs/libz.so.1.2',
      'foo/_speed.cpython-312-x86_64-linux-gnu.so',
    ]);
    expect(inspection.files.find(({ path }) => path.includes('_speed'))?.size).toBe(50_000);
    expect(inspection.installedSize).toBe(inspection.files.reduce((sum, { size }) => sum + (size ?? 0), 0));
    expect(inspection.topLevel).toEqual(['foo']);
    expect(inspection.findings).toEqual([
      { kind: 'invalid-entry-point', path: null, text: 'the script broken = foo names no callable' },
    ]);
  });

  it('installs to platlib what WHEEL does not call pure', () => {
    const platform = wheel([{ name: 'foo.py', data: '' }], {
      WHEEL: 'Wheel-Version: 1.0\nTag: py3-none-any\n',
    });
    expect(inspectWheel(platform, filename).files.map(({ scheme }) => scheme)).not.toContain('purelib');
  });

  it.each([
    [{ name: '../evil.py', data: 'x' }, 'path-escapes'],
    [{ name: '/etc/passwd', data: 'x' }, 'path-escapes'],
    [{ name: 'C:/evil.py', data: 'x' }, 'path-escapes'],
    [{ name: 'foo\\evil.py', data: 'x' }, 'path-escapes'],
    [{ name: 'foo/link', data: '/etc/passwd', mode: 0o120777 }, 'symbolic-link'],
    [{ name: 'foo/secret', data: 'x', flags: 0x801 }, 'encrypted'],
    [{ name: 'foo/packed', data: 'x', method: 12 }, 'unsupported-compression'],
    [{ name: 'foo/zeros', data: new Uint8Array(3_000_000) }, 'suspicious-ratio'],
    [{ name: 'foo-1.0.data/nowhere/x', data: 'x' }, 'unknown-data-scheme'],
  ] as const)('finds %o', (member, kind) => {
    const kinds = inspectWheel(wheel([member]), filename).findings.map((each) => each.kind);
    expect(kinds).toContain(kind);
  });

  it('finds names that are there twice, or differ by case only', () => {
    const twice = wheel([
      { name: 'a.py', data: 'x' },
      { name: 'a.py', data: 'x' },
      { name: 'A.py', data: 'x' },
    ]);
    expect(inspectWheel(twice, filename).findings.map(({ kind, path }) => [kind, path])).toEqual([
      ['duplicate-name', 'a.py'],
      ['case-duplicate', 'A.py'],
    ]);
  });

  it('finds where RECORD, WHEEL and the wheel disagree', () => {
    const record = ['foo.py,sha256=x,9', 'gone.py,md5=x,1', 'foo-1.0.dist-info/METADATA,,', ''].join('\n');
    const odd = wheel([{ name: 'foo.py', data: 'x' }], {
      WHEEL: 'Wheel-Version: 1.0\nTag: py2-none-any\n',
      RECORD: record,
    });
    const found = inspectWheel(odd, filename).findings.map(({ kind, path }) => `${kind} ${path}`);
    expect(found).toEqual([
      'size-differs-from-record foo.py',
      'weak-hash gone.py',
      'missing-from-wheel gone.py',
      'unhashed foo-1.0.dist-info/METADATA',
      'not-in-record foo-1.0.dist-info/WHEEL',
      'tags-differ foo-1.0.dist-info/WHEEL',
    ]);
  });

  it('tells of files that it can not read, and goes on', () => {
    const odd = wheel([{ name: 'foo.py', data: 'x' }], { WHEEL: 'Generator: x\n', RECORD: '"open' });
    const inspection = inspectWheel(odd, filename);
    expect(inspection.wheel).toBeNull();
    expect(
      inspection.findings.filter(({ kind }) => kind === 'unreadable-file').map(({ text }) => text),
    ).toEqual(['WHEEL has no Wheel-Version', 'RECORD, line 1: a quote is not closed']);
  });
});

describe('inspectRemoteWheel', () => {
  it('comes to the same by range requests as with the wheel at hand', async () => {
    const server = await serve(exactRanges, rich, filename);
    open.push(server);
    const { inspection, transfer } = await inspectRemoteWheel(server.url, fetch);
    expect(inspection).toEqual(inspectWheel(rich, filename));
    expect(transfer.requests).toBeLessThanOrEqual(2);
  });

  it('goes by RECORD where the server has no ranges', async () => {
    const server = await serve(always200, rich, filename);
    open.push(server);
    const { inspection, transfer } = await inspectRemoteWheel(server.url, fetch);
    const whole = inspectWheel(rich, filename);
    expect(transfer.route).toBe('stream');
    expect(inspection.files.map(({ path }) => path)).toEqual(whole.files.map(({ path }) => path));
    expect(inspection.startup).toEqual(whole.startup);
    expect(inspection.scripts.filter(({ name }) => name !== 'binary')).toEqual(
      whole.scripts.filter(({ name }) => name !== 'binary'),
    );
  });
});

describe('collisionsOf', () => {
  const named = (name: string, members: readonly ZipMember[], dist = {}) =>
    inspectWheel(wheel(members, dist, name), `${name}-1.0-py3-none-any.whl`);

  it('finds paths of several wheels, equal or not, and names that differ by case', () => {
    const scripts = { 'entry_points.txt': '[console_scripts]\nrun = a:main\n' };
    const a = named(
      'aa',
      [
        { name: 'tests/__init__.py', data: '' },
        { name: 'tests/x.py', data: 'one' },
        { name: 'Readme', data: 'r' },
      ],
      scripts,
    );
    const b = named(
      'bb',
      [
        { name: 'tests/__init__.py', data: '' },
        { name: 'tests/x.py', data: 'two' },
        { name: 'README', data: 'r' },
      ],
      scripts,
    );
    const c = named('cc', [{ name: 'cc/x.py', data: 'one' }]);
    const found = collisionsOf([a, b, c]).map(({ place, target, equal, caseOnly }: Collision) => [
      place,
      target,
      equal,
      caseOnly,
    ]);
    expect(found).toEqual([
      ['scripts', 'run', true, false],
      ['site-packages', 'Readme', true, true],
      ['site-packages', 'tests/__init__.py', true, false],
      ['site-packages', 'tests/x.py', false, false],
    ]);
    expect(collisionsOf([a, c])).toEqual([]);
  });
});

describe('parseRecord', () => {
  it('reads quoted paths, empty fields and every line end', () => {
    expect(parseRecord('"a,""b""\nc",sha256=x=,3\r\n\nd,,\re')).toEqual([
      { path: 'a,"b"\nc', hash: { algorithm: 'sha256', digest: 'x' }, size: 3 },
      { path: 'd', hash: null, size: null },
      { path: 'e', hash: null, size: null },
    ]);
  });

  it.each([
    ['a,b,c\n', 'RECORD, line 1: "b" is not a hash, expected one like "sha256=…"'],
    ['a,,\nb,sha256=x,many\n', 'RECORD, line 2: "many" is not a size in bytes'],
    ['"a\nb",,\n,,1\n', 'RECORD, line 3: the path is empty'],
    ['a,,,x\n', 'RECORD, line 1: expected path,hash,size, found 4 values'],
  ])('refuses %j', (text, message) => {
    expect(() => parseRecord(text)).toThrow(message);
  });
});

describe('parseEntryPoints', () => {
  it('reads groups, references and extras, and passes over what is none', () => {
    const text =
      'stray = x\n# comment\n[a.b]\n  one = mod.sub : attr.x [e1, e2]  \ntwo=mod\n\n[c]\nodd = not a reference!\nnothing\n';
    expect(parseEntryPoints(text)).toEqual([
      {
        group: 'a.b',
        name: 'one',
        value: 'mod.sub : attr.x [e1, e2]',
        module: 'mod.sub',
        attribute: 'attr.x',
        extras: ['e1', 'e2'],
      },
      { group: 'a.b', name: 'two', value: 'mod', module: 'mod', attribute: null, extras: [] },
      { group: 'c', name: 'odd', value: 'not a reference!', module: null, attribute: null, extras: [] },
    ]);
  });
});

describe('parseWheelFile', () => {
  it('reads all fields', () => {
    expect(
      parseWheelFile(
        'Wheel-Version: 1.9\nGenerator: g 1\nRoot-Is-Purelib: True\nTag: py2-none-any\nTag: py3-none-any\nBuild: 1\n',
      ),
    ).toEqual({
      wheelVersion: '1.9',
      generator: 'g 1',
      rootIsPurelib: true,
      tags: ['py2-none-any', 'py3-none-any'],
      build: '1',
    });
  });

  it.each(['', 'Wheel-Version: x\n', 'Wheel-Version: 2.0\n'])('refuses %j', (text) => {
    expect(() => parseWheelFile(text)).toThrow(/^WHEEL /);
  });
});
