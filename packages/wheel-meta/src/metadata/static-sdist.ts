import type { ResolutionMetadata } from './resolution-metadata.ts';

/** Whether an sdist tells what it depends on without being built, and if not the field that prevents it. */
export type StaticSdist = { readonly static: true } | { readonly static: false; readonly field: string };

/** The fields that a build must not change if a resolution is to rest on them. */
const needed: readonly string[] = ['Name', 'Version', 'Requires-Dist', 'Requires-Python', 'Provides-Extra'];

/**
 * Whether the PKG-INFO of an sdist can be taken for the metadata of any wheel built from it: from
 * Metadata-Version 2.2 on, what is not named in `Dynamic` is (PEP 643). `field` is the first that
 * prevents it, `Metadata-Version` where the file is older or of a major version unknown here.
 */
export function isStaticSdist(
  metadata: Pick<ResolutionMetadata, 'metadataVersion' | 'dynamic'>,
): StaticSdist {
  const version = /^(\d+)\.(\d+)$/.exec(metadata.metadataVersion?.trim() ?? '');
  if (version === null || Number(version[1]) !== 2 || Number(version[2]) < 2) {
    return { static: false, field: 'Metadata-Version' };
  }
  const dynamic = new Set(metadata.dynamic.map((field) => field.trim().toLowerCase()));
  const field = needed.find((name) => dynamic.has(name.toLowerCase()));
  return field === undefined ? { static: true } : { static: false, field };
}

/**
 * Whether the `[project]` table of a `pyproject.toml`, parsed, states name, version and dependencies
 * (PEP 621). `field` is the first that is missing, `dynamic` or malformed, as `project.version`.
 */
export function isStaticProject(pyproject: unknown): StaticSdist {
  const project = tableOf(pyproject, 'project');
  if (project === null) return { static: false, field: 'project' };
  const { dynamic } = project;
  const isDynamic = (field: string): boolean => Array.isArray(dynamic) && dynamic.includes(field);
  const flaw = (field: string, wellFormed: (value: unknown) => boolean, required: boolean): boolean =>
    isDynamic(field) || (project[field] === undefined ? required : !wellFormed(project[field]));
  const isText = (value: unknown): boolean => typeof value === 'string';
  const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
  const isTable = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.values(value).every(isTexts);
  if (flaw('name', isText, true)) return { static: false, field: 'project.name' };
  if (flaw('version', isText, true)) return { static: false, field: 'project.version' };
  if (flaw('dependencies', isTexts, false)) return { static: false, field: 'project.dependencies' };
  if (flaw('optional-dependencies', isTable, false)) {
    return { static: false, field: 'project.optional-dependencies' };
  }
  if (flaw('requires-python', isText, false)) return { static: false, field: 'project.requires-python' };
  return { static: true };
}

function tableOf(value: unknown, key: string): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null) return null;
  const inner: unknown = (value as Readonly<Record<string, unknown>>)[key];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? (inner as Readonly<Record<string, unknown>>)
    : null;
}
