import { quote } from '../../bytes/text.ts';
import { fieldHeaders, fieldSpecs, hasField, metadataVersions } from '../fields.ts';
import type { Metadata } from '../metadata.ts';
import { flawOf } from './field-rules.ts';

/** What is wrong with a field, or a header that is no field. */
export interface MetadataProblem {
  /** The header's name in lower case. */
  readonly field: string;
  readonly message: string;
}

/**
 * What the core metadata specification has against the metadata; empty where it is valid.
 *
 * The verdict is that of `packaging.metadata.Metadata.from_email`: a header must be a known field, given
 * once where it may stand once, introduced no later than the file's Metadata-Version, and well-formed.
 */
export function validateMetadata(metadata: Metadata): readonly MetadataProblem[] {
  const problems: MetadataProblem[] = [];
  for (const header of metadata.unparsed.keys()) {
    const message = fieldHeaders.has(header)
      ? `${quote(header)} has invalid data`
      : `unrecognized field: ${quote(header)}`;
    problems.push({ field: header, message });
  }
  const age = metadataVersions.indexOf(metadata.metadataVersion ?? '');
  for (const { field, header, since } of fieldSpecs) {
    const given = hasField(metadata, field);
    if (!given && !isRequired(header)) continue;
    // What stands in `unparsed` has been told of already.
    if (!given && metadata.unparsed.has(header)) continue;
    const message =
      age !== -1 && metadataVersions.indexOf(since) > age
        ? `${header} introduced in metadata version ${since}, not ${metadata.metadataVersion}`
        : flawOf(metadata, field, header);
    if (message !== null) problems.push({ field: header, message });
  }
  return problems;
}

function isRequired(header: string): boolean {
  return header === 'metadata-version' || header === 'name' || header === 'version';
}
