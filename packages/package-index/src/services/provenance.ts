import { type Hashes, type IndexFile, SourceError } from '@pyplan/resolver';
import { provenanceUrl } from '../simple/file-entry.ts';
import {
  askService,
  isObject,
  type JsonObject,
  numberAt,
  objectAt,
  objectsAt,
  type ServiceOptions,
  textAt,
} from './service.ts';

/** Who uploaded, as the index has verified it (PEP 740, "Trusted publisher"). */
export interface Publisher {
  /** Such as `GitHub` or `GitLab`. */
  readonly kind: string;
  /** Everything that the index says of it: repository, workflow, environment, … */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What an attestation says, decoded and not verified (in-toto Statement). */
export interface AttestationStatement {
  readonly predicateType: string;
  readonly subjects: readonly { readonly name: string; readonly digests: Hashes }[];
  readonly predicate: unknown;
}

export interface Attestation {
  readonly version: number;
  /** PEM or base64 DER, as given. */
  readonly certificate: string | null;
  readonly transparencyEntries: readonly JsonObject[];
  /** Base64, as signed. */
  readonly statementText: string;
  readonly signature: string;
  readonly statement: AttestationStatement;
}

export interface AttestationBundle {
  readonly publisher: Publisher;
  readonly attestations: readonly Attestation[];
}

/** The provenance of a file (PEP 740). Nothing is verified here. */
export interface Provenance {
  readonly version: number;
  readonly bundles: readonly AttestationBundle[];
}

export interface ProvenanceClient {
  /** Null where the index has none for this file. */
  provenance(file: IndexFile, signal?: AbortSignal): Promise<Provenance | null>;
}

/** Of a file that does not change, neither does its provenance. */
const KEEP_FOR = 86_400_000;

/** A client that follows the `provenance` of a page's files. */
export function provenanceClient(options: ServiceOptions): ProvenanceClient {
  const ask = askService(options);
  return {
    provenance: async (file, signal) => {
      const url = provenanceUrl(file);
      if (url === null) return null;
      const accept = 'application/vnd.pypi.integrity.v1+json, application/json;q=0.9';
      const answer = await ask({
        url,
        what: `the provenance of ${file.filename}`,
        accept,
        keepFor: KEEP_FOR,
        signal,
      });
      return answer === null ? null : readProvenance(answer, url);
    },
  };
}

/**
 * Reads a provenance object.
 *
 * @throws {SourceError} where it is none, or of another version.
 */
export function readProvenance(answer: JsonObject, url: string): Provenance {
  const version = numberAt(answer, 'version');
  if (version !== 1) {
    throw new SourceError(`${url}: expected a provenance object of version 1`, { kind: 'corrupt', url });
  }
  const bundles = objectsAt(answer, 'attestation_bundles').map((bundle): AttestationBundle => {
    const { kind, ...claims } = objectAt(bundle, 'publisher');
    return {
      publisher: { kind: typeof kind === 'string' ? kind : '', claims },
      attestations: objectsAt(bundle, 'attestations').map((attestation) => readAttestation(attestation, url)),
    };
  });
  return { version, bundles };
}

function readAttestation(attestation: JsonObject, url: string): Attestation {
  const material = objectAt(attestation, 'verification_material');
  const envelope = objectAt(attestation, 'envelope');
  const statementText = textAt(envelope, 'statement');
  const signature = textAt(envelope, 'signature');
  if (statementText === null || signature === null) {
    throw new SourceError(`${url}: expected an attestation with a statement and a signature`, {
      kind: 'corrupt',
      url,
    });
  }
  return {
    version: numberAt(attestation, 'version') ?? 0,
    certificate: textAt(material, 'certificate'),
    transparencyEntries: objectsAt(material, 'transparency_entries'),
    statementText,
    signature,
    statement: readStatement(statementText, url),
  };
}

function readStatement(text: string, url: string): AttestationStatement {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch (cause) {
    throw new SourceError(`${url}: the statement of an attestation is not JSON`, {
      kind: 'corrupt',
      url,
      cause,
    });
  }
  if (!isObject(value))
    throw new SourceError(`${url}: expected a statement that is an object`, { kind: 'corrupt', url });
  return {
    predicateType: textAt(value, 'predicateType') ?? '',
    subjects: objectsAt(value, 'subject').map((subject) => ({
      name: textAt(subject, 'name') ?? '',
      digests: digestsOf(objectAt(subject, 'digest')),
    })),
    predicate: value['predicate'] ?? null,
  };
}

function digestsOf(value: JsonObject): Hashes {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
