import { normalizeName } from '@pyplan/markers';
import { difference } from './difference.ts';

interface NameVector {
  readonly input: string;
  readonly canonical: string;
}

export function checkName({ input, canonical }: NameVector): string | null {
  return difference(`the normal form of ${JSON.stringify(input)}`, normalizeName(input), canonical);
}
