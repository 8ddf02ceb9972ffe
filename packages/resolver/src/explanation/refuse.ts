import type { Loader } from '../driver/loader.ts';
import type { SearchResult } from '../driver/search.ts';
import type { Failure } from '../driver/trials.ts';
import type { ResolveRequest } from '../request.ts';
import type { Refusal, RootRequirement } from '../resolution.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { explain, explanationOf } from './explain.ts';
import { type MinimalFailure, minimalFailure } from './minimal-core.ts';

/** A refusal with what it rests on. */
export interface GroundedRefusal {
  /** In words; worked out when it is told. */
  tell(): Refusal;
  /** The explanation alone. */
  text(): string;
  /** The lines that conflict. */
  readonly lines: readonly RootRequirement[];
  /** The failed search that is told; null where the search gave no derivation. */
  readonly failure: Failure | null;
  /** What the conflict leads to. */
  readonly projects: readonly string[];
  /** Markers, as text, that hold on the target and under which something is asked for. */
  readonly markers: readonly string[];
}

/** Says why a search found nothing: as few of the user's lines as can be, and why they conflict. */
export async function refuse(
  world: TargetWorld,
  result: Exclude<SearchResult, { readonly kind: 'solved' }>,
  request: ResolveRequest,
  loader: Loader,
): Promise<GroundedRefusal> {
  switch (result.kind) {
    case 'failed':
      return groundsOf(await minimalFailure({ world, result }, request, loader));
    case 'refuted': {
      const { explainRefuted } = await import('./explain-refuted.ts');
      const refusal = await explainRefuted(world, result, request, loader);
      const { conflicting: lines } = refusal;
      const text = (): string => refusal.explanation;
      return { tell: () => refusal, text, lines, failure: null, projects: result.projects, markers: [] };
    }
  }
}

/** What a failed search says, told as it stands. */
export function groundsOf({ failure, lines }: MinimalFailure): GroundedRefusal {
  const nodes = failure.result.solver.state.packages.nodes.filter((node) => node.kind !== 'root');
  return {
    tell: () => explain(failure),
    text: () => explanationOf(failure),
    lines,
    failure,
    projects: [...new Set(nodes.map(({ project }) => project))],
    markers: [...new Set(nodes.map(({ marker }) => marker).filter((marker) => marker !== ''))],
  };
}
