import { type Metadata, parseMetadata } from '@pyplan/wheel-meta';
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
    difference(`raw of ${vector.source}`, rawOf(metadata), vector.raw),
    difference(`unparsed of ${vector.source}`, Object.fromEntries(metadata.unparsed), vector.unparsed),
  ]);
}

/** The fields that are there, named as `packaging` names them. */
function rawOf(metadata: Metadata): Readonly<Record<string, unknown>> {
  const raw: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (name === 'unparsed' || value === null) continue;
    if (Array.isArray(value) && value.length === 0 && name !== 'importNames') continue;
    if (value instanceof Map && value.size === 0) continue;
    const key = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    raw[key] = value instanceof Map ? Object.fromEntries(value) : value;
  }
  return raw;
}
