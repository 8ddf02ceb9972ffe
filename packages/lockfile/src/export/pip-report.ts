import { normalizeName, parseRequirement } from '@pyplan/markers';
import type { FileMetadata, Plan, PlannedPackage } from '@pyplan/resolver';
import { isDirectPackage } from '../from-plans.ts';
import { compareText } from '../locked-set.ts';

/** What a report says beyond the plan. */
export interface PipReportOptions {
  /** The metadata of the file of a package. Default: what the plan itself knows, the active requirements only. */
  readonly metadataOf?: (item: PlannedPackage) => FileMetadata | null;
}

/**
 * A plan as pip's installation report, version 1 (pip documentation, "Installation Report"), as
 * `pip install --dry-run --report` gives it. Where pip says its own version stands the name of this tool.
 */
export function writePipReport(plan: Plan, options: PipReportOptions = {}): string {
  const report = {
    version: '1',
    pip_version: 'pyplan',
    install: plan.packages.map((item) => installation(item, options.metadataOf?.(item) ?? null)),
    environment: plan.target.environment,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function installation(item: PlannedPackage, metadata: FileMetadata | null): object {
  const asked = item.demands.filter((demand) => demand.from === null);
  const extras = [...new Set(asked.flatMap((demand) => requestedExtras(demand.text)))].sort(compareText);
  return {
    download_info: downloadInfo(item),
    is_direct: isDirectPackage(item),
    is_yanked: item.file.yanked !== null,
    requested: asked.length > 0,
    ...(extras.length > 0 ? { requested_extras: extras } : {}),
    metadata: coreMetadata(item, metadata),
  };
}

function requestedExtras(text: string): readonly string[] {
  return parseRequirement(text).extras.map(normalizeName);
}

/** As direct_url.json has it (Direct URL data structure), with the one hash that pip's older readers know. */
function downloadInfo(item: PlannedPackage): object {
  const { url, hashes } = item.file;
  const [first] = Object.entries(hashes);
  const hash = first === undefined ? {} : { hash: first.join('=') };
  return { url, archive_info: { hashes, ...hash } };
}

/** Core metadata as JSON (PEP 566), as much as a resolution reads of it. */
function coreMetadata(item: PlannedPackage, metadata: FileMetadata | null): object {
  const requiresDist = metadata?.requiresDist ?? item.requires.map((needed) => needed.text);
  const requiresPython = metadata === null ? item.requiresPython : metadata.requiresPython;
  const extras = metadata?.providesExtra ?? [];
  return {
    metadata_version: '2.1',
    name: item.name,
    version: item.version,
    ...(requiresDist.length === 0 ? {} : { requires_dist: requiresDist }),
    ...(requiresPython === null ? {} : { requires_python: requiresPython }),
    ...(extras.length === 0 ? {} : { provides_extra: extras }),
  };
}
