import { parseMetadata, rawFields, validateMetadata } from '@pyplan/wheel-meta';
import { difference, firstDifference } from './difference.ts';

interface MetadataVector {
  readonly source: string;
  readonly text: string;
  /** As `packaging.metadata.parse_email` gives it: `requires_dist`, … */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly unparsed: Readonly<Record<string, readonly string[]>>;
  readonly valid: boolean;
}

export function checkMetadata(vector: MetadataVector): string | null {
  const metadata = parseMetadata(vector.text);
  return firstDifference([
    difference(`raw of ${vector.source}`, rawFields(metadata), vector.raw),
    difference(`unparsed of ${vector.source}`, Object.fromEntries(metadata.unparsed), vector.unparsed),
    difference(`validity of ${vector.source}`, validateMetadata(metadata).length === 0, vector.valid),
  ]);
}
