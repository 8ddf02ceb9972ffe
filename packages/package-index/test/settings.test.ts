import { describe, expect, test } from 'vitest';
import { proxyFor } from '../src/http/proxy.ts';
import {
  defaultIndexUrl,
  NetrcError,
  namedIndex,
  noSettings,
  type Places,
  parseNetrc,
  proxySettings,
  readSettingsFrom,
  SettingsError,
} from '../src/index.ts';

function places(environment: Places['environment']): Places {
  return { environment, home: '/home/me', directory: '/home/me/project', platform: 'linux' };
}

function read(environment: Places['environment'], files: Readonly<Record<string, string>> = {}) {
  return readSettingsFrom(places(environment), (path) => files[path] ?? null);
}

describe('settings', () => {
  test('of nothing are nothing', async () => {
    expect(await read({})).toEqual(noSettings);
  });

  test('of variables count before files, of uv before pip', async () => {
    const files = {
      '/home/me/.config/pip/pip.conf':
        '[global]\nindex-url = https://pip-file.example.org/simple\nextra-index-url =\n  https://a.example.org/simple\n  https://b.example.org/simple\n',
      '/home/me/project/uv.toml':
        '[[index]]\nname = "inner"\nurl = "https://inner.example.org/simple"\nexplicit = true\n',
    };
    const settings = await read({ PIP_INDEX_URL: 'https://pip.example.org/simple' }, files);
    expect(settings.defaultIndex?.url).toBe('https://pip.example.org/simple');
    expect(settings.indexes).toEqual([
      { name: 'inner', url: 'https://inner.example.org/simple', format: 'simple', explicit: true },
      { name: null, url: 'https://a.example.org/simple', format: 'simple', explicit: false },
      { name: null, url: 'https://b.example.org/simple', format: 'simple', explicit: false },
    ]);
    const stronger = await read(
      { PIP_INDEX_URL: 'https://pip.example.org/simple', UV_DEFAULT_INDEX: 'https://uv.example.org/simple' },
      files,
    );
    expect(stronger.defaultIndex?.url).toBe('https://uv.example.org/simple');
  });

  test('of a pyproject.toml above hold pins, credentials come by the name of the index', async () => {
    const settings = await readSettingsFrom(
      {
        ...places({ UV_INDEX_MY_INDEX_USERNAME: 'me', UV_INDEX_MY_INDEX_PASSWORD: 'pw' }),
        directory: '/home/me/project/deep',
      },
      (path) =>
        path === '/home/me/project/pyproject.toml'
          ? '[tool.uv]\nindex-strategy = "unsafe-best-match"\nfind-links = ["./links"]\n[tool.uv.sources]\nMy_Package = { index = "my-index" }\nother = { git = "x" }\n[[tool.uv.index]]\nname = "my-index"\nurl = "https://my.example.org/simple"\n[[tool.uv.index]]\nurl = "https://all.example.org/simple"\ndefault = true\n'
          : null,
    );
    expect([...settings.pins]).toEqual([['my-package', 'my-index']]);
    expect(settings.strategy).toBe('unsafe-best-match');
    expect(settings.defaultIndex?.url).toBe('https://all.example.org/simple');
    expect(settings.findLinks).toEqual(['/home/me/project/links']);
    expect(settings.credentials).toEqual([
      {
        url: 'https://my.example.org/simple',
        credentials: { kind: 'basic', username: 'me', password: 'pw' },
      },
    ]);
  });

  test('that are wrong name the file and what was expected', async () => {
    await expect(read({ UV_INDEX_STRATEGY: 'best' })).rejects.toThrow(/UV_INDEX_STRATEGY.*first-index/);
    await expect(read({}, { '/home/me/project/uv.toml': 'index-url = 3' })).rejects.toThrow(
      '/home/me/project/uv.toml: index-url: expected a string',
    );
    await expect(read({}, { '/home/me/project/uv.toml': 'index-url =' })).rejects.toThrow(SettingsError);
    await expect(read({}, { '/home/me/.pip/pip.conf': 'index-url = x' })).rejects.toThrow('pip.conf, line 1');
  });

  test('lists in variables are words, an index may have a name', async () => {
    const settings = await read({
      UV_INDEX: 'inner=https://a.example.org/s https://b.example.org/s',
      PIP_FIND_LINKS: '/x /y',
      UV_KEYRING_PROVIDER: 'subprocess',
    });
    expect(settings.indexes.map(({ name, url }) => [name, url])).toEqual([
      ['inner', 'https://a.example.org/s'],
      [null, 'https://b.example.org/s'],
    ]);
    expect(settings.findLinks).toEqual(['/x', '/y']);
    expect(settings.keyring).toBe(true);
    expect(namedIndex('https://a.example.org/?x=y').name).toBeNull();
  });

  test('without an index fall back on the repository of the Package URL type', async () => {
    const url = new URL(await defaultIndexUrl(noSettings));
    expect(url.protocol).toBe('https:');
    expect(url.pathname).toBe('/simple/');
    expect(await defaultIndexUrl({ defaultIndex: namedIndex('https://my.example.org/simple') })).toBe(
      'https://my.example.org/simple',
    );
  });
});

describe('a netrc file', () => {
  test('gives the first entry of a machine, else the default', () => {
    const netrc = parseNetrc(
      '# comment\nmachine a.example.org login me password "p w\\"d" # tail\nmachine a.example.org login you password x\n' +
        'macdef init\n machine b.example.org login macro password no\n\nmachine c.example.org user u account z password #hash\ndefault login d password e\n',
    );
    expect(netrc.find('a.example.org')).toEqual({ kind: 'basic', username: 'me', password: 'p w"d' });
    expect(netrc.find('b.example.org')).toEqual({ kind: 'basic', username: 'd', password: 'e' });
    expect(netrc.find('c.example.org')).toEqual({ kind: 'basic', username: 'u', password: '#hash' });
    expect(parseNetrc('').find('a')).toBeNull();
  });

  test('that is broken names the line', () => {
    expect(() => parseNetrc('machine a\nlogin b\nwhat c')).toThrow('line 3');
    expect(() => parseNetrc('login b')).toThrow(NetrcError);
    expect(() => parseNetrc('machine a login')).toThrow('login has no value');
  });
});

describe('proxies', () => {
  const settings = proxySettings({
    https_proxy: 'proxy.example.org:3128',
    HTTP_PROXY: 'http://plain.example.org',
    NO_PROXY: '.inner.example.org, localhost,exact.example.org:8080',
  });
  const via = (url: string): string | null => proxyFor(new URL(url), settings);

  test('go by scheme', () => {
    expect(via('https://a.example.org/')).toBe('http://proxy.example.org:3128');
    expect(via('http://a.example.org/')).toBe('http://plain.example.org');
  });

  test('are passed by for excepted hosts, domains and ports', () => {
    expect(via('https://x.inner.example.org/')).toBeNull();
    expect(via('http://localhost:8000/')).toBeNull();
    expect(via('http://exact.example.org:8080/')).toBeNull();
    expect(via('http://exact.example.org/')).not.toBeNull();
    expect(
      proxyFor(new URL('https://x.org/'), proxySettings({ ALL_PROXY: 'http://p', NO_PROXY: '*' })),
    ).toBeNull();
  });

  test('do not come from a header where this runs under CGI', () => {
    expect(proxySettings({ HTTP_PROXY: 'http://evil.example.org', REQUEST_METHOD: 'GET' }).any).toBe(false);
  });
});
