import { hash } from 'node:crypto';
import type { MetadataAnswer } from '@pyplan/resolver';
import {
  isStaticProject,
  isStaticSdist,
  readResolutionMetadata,
  type SdistMetadata,
} from '@pyplan/wheel-meta';
import { identityMismatch } from './sidecar.ts';

/**
 * What an sdist says of itself without being built: its PKG-INFO where that is static (PEP 643), else the
 * `[project]` table of its `pyproject.toml` where that is (PEP 621).
 */
export async function sdistAnswer(
  found: Pick<SdistMetadata, 'pkgInfo' | 'pyproject'>,
  project: string,
  filename: string,
): Promise<MetadataAnswer> {
  const fromPkgInfo = found.pkgInfo === null ? null : pkgInfoAnswer(found.pkgInfo.bytes, project, filename);
  if (fromPkgInfo !== null && fromPkgInfo.kind !== 'dynamic') return fromPkgInfo;
  const fromProject =
    found.pyproject === null ? null : await projectAnswer(found.pyproject, project, filename);
  if (fromProject !== null) return fromProject;
  return (
    fromPkgInfo ?? {
      kind: 'dynamic',
      reason: `${filename} has no PKG-INFO: its dependencies are known only by building it`,
    }
  );
}

/** The answer of a PKG-INFO alone. */
export function pkgInfoAnswer(bytes: Uint8Array, project: string, filename: string): MetadataAnswer {
  const metadata = readResolutionMetadata(bytes);
  const mismatch = identityMismatch(metadata, project, filename);
  if (mismatch !== null) return { kind: 'unusable', reason: mismatch };
  const judgement = isStaticSdist(metadata);
  if (!judgement.static) {
    const reason =
      judgement.field === 'Metadata-Version'
        ? `its PKG-INFO is of version ${metadata.metadataVersion ?? '(none)'}, before 2.2`
        : `its PKG-INFO calls ${judgement.field} dynamic`;
    return {
      kind: 'dynamic',
      reason: `${filename}: ${reason}; its dependencies are known only by building it`,
    };
  }
  const { requiresDist, requiresPython, providesExtra } = metadata;
  return {
    kind: 'metadata',
    metadata: { requiresDist, requiresPython, providesExtra, digest: hash('sha256', bytes) },
  };
}

/** The answer of a static `[project]` table; null where it is not static, or of another project or version. */
async function projectAnswer(
  bytes: Uint8Array,
  project: string,
  filename: string,
): Promise<MetadataAnswer | null> {
  const { default: toml } = await import('@iarna/toml');
  let parsed: { readonly project?: unknown };
  try {
    parsed = toml.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  if (!isStaticProject(parsed).static) return null;
  const table = parsed.project as StaticProject;
  if (identityMismatch({ name: table.name, version: table.version }, project, filename) !== null) return null;
  const extras = Object.entries(table['optional-dependencies'] ?? {});
  return {
    kind: 'metadata',
    metadata: {
      requiresDist: [
        ...(table.dependencies ?? []),
        ...extras.flatMap(([extra, texts]) => texts.map((text) => underExtra(text, extra))),
      ],
      requiresPython: table['requires-python'] ?? null,
      providesExtra: extras.map(([extra]) => extra),
      digest: hash('sha256', bytes),
    },
  };
}

/** What `isStaticProject` has found to be so. */
interface StaticProject {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: readonly string[];
  readonly 'optional-dependencies'?: Readonly<Record<string, readonly string[]>>;
  readonly 'requires-python'?: string;
}

/** The requirement with the marker that core metadata gives it (PEP 621, `optional-dependencies`). */
function underExtra(text: string, extra: string): string {
  const { head, marker } = splitMarker(text);
  const condition = `extra == "${extra}"`;
  return marker === null ? `${head}; ${condition}` : `${head}; (${marker}) and ${condition}`;
}

/** Cuts at the semicolon of the marker; in a URL one counts only with white space before it (PEP 508). */
function splitMarker(text: string): { readonly head: string; readonly marker: string | null } {
  const match = (text.includes('@') ? /\s;(.*)$/s : /;(.*)$/s).exec(text);
  if (match === null) return { head: text.includes('@') ? `${text.trim()} ` : text.trim(), marker: null };
  return { head: text.slice(0, match.index + (text.includes('@') ? 1 : 0)), marker: (match[1] ?? '').trim() };
}
