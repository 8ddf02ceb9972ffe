import { evaluateMarker } from '@pyplan/markers';
import { addPage, type Facts } from '../facts/facts.ts';
import { requirementFromIndex } from '../facts/requirement-facts.ts';
import type { ProjectPage } from '../package-source.ts';
import type { ResolveRequest } from '../request.ts';
import type { Plan, PlannedPackage } from '../resolution.ts';
import { demandsOn } from '../world/demands.ts';
import type { EvidencePackage, EvidencePlan } from './document.ts';
import type { Ledger } from './ledger.ts';

/** What a plan rests on: the page and the metadata of each package, and which of its requirements hold. */
export async function planEvidence(
  { target, packages }: Plan,
  request: ResolveRequest,
  facts: Facts,
  ledger: Ledger,
): Promise<EvidencePlan> {
  const { direct } = demandsOn(target, request);
  const told: EvidencePackage[] = [];
  for (const planned of packages) {
    const url = direct.get(planned.name);
    const key = url === undefined ? planned.name : `${planned.name} @ ${url}`;
    const page = await pageOf(key, planned.name, url, facts, request.signal);
    const answer = await facts.source.metadata(page, planned.file, request.signal);
    if (answer.kind !== 'metadata')
      throw new Error(`invariant: ${planned.name} was planned without metadata`);
    ledger.project(key, page, false);
    ledger.file(key, planned.version, planned.file, answer.metadata, 'all');
    told.push(packageOf(planned, answer.metadata.requiresDist, target.environment, facts));
  }
  return { packages: told };
}

async function pageOf(
  key: string,
  name: string,
  url: string | undefined,
  facts: Facts,
  signal: AbortSignal | undefined,
): Promise<ProjectPage> {
  const known = facts.pages.get(key)?.page;
  if (known !== undefined) return known;
  const page = await (url === undefined
    ? facts.source.page(name, signal)
    : facts.source.direct(name, url, signal));
  if (page === null) throw new Error(`invariant: ${name} was planned without a page`);
  addPage(facts, key, page);
  return page;
}

function packageOf(
  { name, version, file, extras }: PlannedPackage,
  requires: readonly string[],
  environment: Plan['target']['environment'],
  facts: Facts,
): EvidencePackage {
  const active = requires.flatMap((text, index) => {
    const requirement = requirementFromIndex(facts.requirements, text);
    if (typeof requirement === 'string') return [];
    const { marker } = requirement;
    const holds =
      marker === null || ['', ...extras].some((extra) => evaluateMarker(marker, environment, extra));
    return holds ? [index] : [];
  });
  return { name, version, file: file.filename, extras, active };
}
