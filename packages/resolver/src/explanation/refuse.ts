import type { Loader } from '../driver/loader.ts';
import type { SearchResult } from '../driver/search.ts';
import type { ResolveRequest } from '../request.ts';
import type { Refusal } from '../resolution.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { explain } from './explain.ts';
import { minimalFailure } from './minimal-core.ts';

/** A refusal with what the conflict that it tells leads to. */
export interface GroundedRefusal {
  readonly refusal: Refusal;
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
    case 'failed': {
      const failure = await minimalFailure({ world, result }, request, loader);
      const nodes = failure.result.solver.state.packages.nodes.filter((node) => node.kind !== 'root');
      return {
        refusal: explain(failure),
        projects: [...new Set(nodes.map(({ project }) => project))],
        markers: [...new Set(nodes.map(({ marker }) => marker).filter((marker) => marker !== ''))],
      };
    }
    case 'refuted': {
      const { explainRefuted } = await import('./explain-refuted.ts');
      const refusal = await explainRefuted(world, result, request, loader);
      return { refusal, projects: result.projects, markers: [] };
    }
  }
}
