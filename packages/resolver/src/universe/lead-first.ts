import { evaluateMarker } from '@pyplan/markers';
import type { UniversalRequest } from '../request.ts';
import type { Region } from './region.ts';

/**
 * Regions in the order in which they are solved.
 *
 * Newest Python first, so that each Python gets the newest versions for it; the other way round where the
 * lowest versions are wanted. For one Python those first that the user's own lines hold down most: what they
 * allow mostly does for the others too, and not the other way round (as uv orders its forks).
 */
export function leadFirst(regions: readonly Region[], request: UniversalRequest): readonly Region[] {
  const pythons = [...new Set(regions.map(pythonOf))];
  if (request.options.mode === 'lowest') pythons.reverse();
  const weights = new Map(regions.map((region) => [region, upperBounds(region, request)]));
  return pythons.flatMap((python) =>
    regions
      .filter((region) => pythonOf(region) === python)
      .toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0)),
  );
}

function pythonOf({ python, from }: Region): string {
  return `${python}.${from}`;
}

/** How many of the user's active lines have an upper bound. */
function upperBounds({ target }: Region, { requirements }: UniversalRequest): number {
  return requirements.filter(
    ({ requirement: { marker, specifier } }) =>
      (marker === null || evaluateMarker(marker, target.environment, '')) &&
      specifier.specifiers.some(({ operator }) => operator === '<' || operator === '<='),
  ).length;
}
