import { describe, expect, test } from 'vitest';
import { freshness } from '../src/http/cache-control.ts';
import { backOff, isRetryable, retryAfter } from '../src/http/retry.ts';
import { indexBase, withoutCredentials } from '../src/http/url.ts';

const NOW = Date.parse('2026-05-01T00:00:00Z');

function fresh(headers: Readonly<Record<string, string>>): { expires: number; store: boolean } {
  return freshness((name) => headers[name] ?? null, NOW);
}

describe('freshness (RFC 9111)', () => {
  test('counts max-age from now, less the age', () => {
    expect(fresh({ 'cache-control': 'max-age=600, public' })).toEqual({
      expires: NOW + 600_000,
      store: true,
    });
    expect(fresh({ 'cache-control': 'Max-Age="60"', age: '20' }).expires).toBe(NOW + 40_000);
  });

  test('max-age wins over Expires, s-maxage is not for a private cache', () => {
    const expires = 'Fri, 01 May 2026 01:00:00 GMT';
    expect(fresh({ 'cache-control': 'max-age=1', expires }).expires).toBe(NOW + 1000);
    expect(fresh({ 'cache-control': 's-maxage=100', expires }).expires).toBe(NOW + 3_600_000);
  });

  test('no-cache and silence ask again each time, no-store is not kept', () => {
    expect(fresh({ 'cache-control': 'no-cache, max-age=600' })).toEqual({ expires: 0, store: true });
    expect(fresh({})).toEqual({ expires: 0, store: true });
    expect(fresh({ 'cache-control': 'no-store' }).store).toBe(false);
  });

  test('Expires is read against the clock of the server', () => {
    const headers = { expires: 'Fri, 01 May 2026 05:10:00 GMT', date: 'Fri, 01 May 2026 05:00:00 GMT' };
    expect(fresh(headers).expires).toBe(NOW + 600_000);
  });
});

describe('retries', () => {
  test('Retry-After is seconds or a date', () => {
    expect(retryAfter('120', NOW)).toBe(120_000);
    expect(retryAfter('Fri, 01 May 2026 00:00:07 GMT', NOW)).toBe(7000);
    expect(retryAfter('Thu, 30 Apr 2026 00:00:00 GMT', NOW)).toBe(0);
    expect(retryAfter('soon', NOW)).toBeNull();
    expect(retryAfter(null, NOW)).toBeNull();
  });

  test('delays double up to a bound, with jitter in the upper half', () => {
    expect([1, 2, 3].map((attempt) => backOff(attempt, 1))).toEqual([200, 400, 800]);
    expect(backOff(1, 0)).toBe(100);
    expect(backOff(30, 1)).toBe(10_000);
  });

  test('statuses that may pass are asked again, others are answers', () => {
    expect([408, 425, 429, 500, 502, 503, 504, 520].every(isRetryable)).toBe(true);
    expect([200, 304, 400, 401, 403, 404, 410, 501].some(isRetryable)).toBe(false);
  });
});

describe('URLs', () => {
  test('lose user and password and nothing else', () => {
    expect(withoutCredentials('https://me:secret@example.org/simple/?a=b#c')).toBe(
      'https://example.org/simple/?a=b#c',
    );
    expect(withoutCredentials('https://example.org/a@b')).toBe('https://example.org/a@b');
    expect(withoutCredentials('not a URL @')).toBe('not a URL @');
  });

  test('of an index end in a slash', () => {
    expect(indexBase('https://example.org/simple')).toBe('https://example.org/simple/');
    expect(indexBase('https://example.org/simple/#x')).toBe('https://example.org/simple/');
  });
});
