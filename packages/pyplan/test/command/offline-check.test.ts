import { readLock, verifyLock } from '@pyplan/lockfile';
import { memorySource, type PackageSource, SourceError } from '@pyplan/resolver';
import { describe, expect, it } from 'vitest';
import { offlineCheck } from '../../src/command/locking/offline-check.ts';

const lock = readLock('gone==1\nhere==2\nunknown==1\n', 'requirements.txt');

/** A cache that knows `here` and that there is no `gone`. */
function cacheWith(kind: 'offline' | 'corrupt'): PackageSource {
  const inner = memorySource({ here: { '1.0': {} } });
  return {
    ...inner,
    page: (name) => {
      if (name === 'unknown') throw new SourceError('not there', { kind, url: 'http://127.0.0.1/simple/' });
      return inner.page(name);
    },
  };
}

describe('offlineCheck', () => {
  it('leaves unchecked what the cache does not hold, and finds what it knows to be gone', async () => {
    const check = offlineCheck(cacheWith('offline'));
    const findings = check.known(await verifyLock(lock, { source: check.source }));
    const rules = findings
      .filter(({ rule }) => rule.endsWith('-gone'))
      .map((each) => [each.rule, each.package]);
    expect(rules).toEqual([
      ['project-gone', 'gone'],
      ['version-gone', 'here'],
    ]);
    expect(check.unknown()).toEqual(['unknown']);
  });

  it('passes other failures of the index on', async () => {
    const check = offlineCheck(cacheWith('corrupt'));
    await expect(verifyLock(lock, { source: check.source })).rejects.toThrow('not there');
  });
});
