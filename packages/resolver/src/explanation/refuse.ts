import type { Loader } from '../driver/loader.ts';
import type { SearchResult } from '../driver/search.ts';
import type { ResolveRequest } from '../request.ts';
import type { Refusal } from '../resolution.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { explain } from './explain.ts';
import { minimalFailure } from './minimal-core.ts';
import { place } from './phrases.ts';

/** Says why a search found nothing: as few of the user's lines as can be, and why they conflict. */
export async function refuse(
  world: TargetWorld,
  result: Exclude<SearchResult, { readonly kind: 'solved' }>,
  request: ResolveRequest,
  worldOf: (request: ResolveRequest) => TargetWorld,
  loader: Loader,
): Promise<Refusal> {
  switch (result.kind) {
    case 'failed':
      return explain(await minimalFailure({ world, result }, request, worldOf, loader));
    case 'refuted':
      return explainRefuted(world, result);
  }
}

/** A conflict too tangled for a derivation that a person would read: what conflicts, and where it was sought. */
function explainRefuted(
  world: TargetWorld,
  { lines, projects }: SearchResult & { readonly kind: 'refuted' },
): Refusal {
  const { target } = world.policy;
  const explanation = [
    `No solution for Python ${target.python} on ${target.platform}.`,
    lines.length === 1 ? 'This can not be met:' : 'These can not be met together:',
    ...lines.map((line) => `  ${line.requirement.text}  (${place(line)})`),
    `  Because every combination of versions of the ${projects.length} packages they lead to was ruled out, ` +
      'and each of these lines is needed for that.',
  ];
  return { target, explanation: explanation.join('\n'), conflicting: lines };
}
