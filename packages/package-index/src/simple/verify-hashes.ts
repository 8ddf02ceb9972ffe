import { hash } from 'node:crypto';
import type { Hashes } from '@pyplan/resolver';

export interface HashMismatch {
  readonly algorithm: string;
  readonly expected: string;
  readonly found: string;
}

/** Strongest first. Names are hashlib's; blake2 in its plain lengths only. */
const ALGORITHMS = [
  'sha512',
  'sha3_512',
  'blake2b',
  'sha384',
  'sha3_384',
  'sha256',
  'sha3_256',
  'blake2s',
  'sha224',
  'sha1',
  'md5',
];
const OPENSSL: Readonly<Record<string, string>> = {
  sha3_512: 'sha3-512',
  sha3_384: 'sha3-384',
  sha3_256: 'sha3-256',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
};

/**
 * Checks bytes against the strongest digest that is given.
 *
 * Null where it is right, or none of a known algorithm is given.
 */
export function verifyHashes(bytes: Uint8Array, hashes: Hashes): HashMismatch | null {
  for (const algorithm of ALGORITHMS) {
    const expected = hashes[algorithm];
    if (expected === undefined) continue;
    const found = hash(OPENSSL[algorithm] ?? algorithm, bytes);
    return found === expected ? null : { algorithm, expected, found };
  }
  return null;
}
