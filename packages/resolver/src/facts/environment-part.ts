import { formatMarker, type Marker, type MarkerOperand } from '@pyplan/markers';

/**
 * What a marker asks of the environment, as text: the marker with every comparison of `extra` taken
 * as true, parts in a fixed order. Empty where nothing is left.
 */
export function environmentPart(marker: Marker | null): string {
  return marker === null ? '' : part(marker);
}

function part(marker: Marker): string {
  switch (marker.kind) {
    case 'comparison':
      return isExtra(marker.left) || isExtra(marker.right) ? '' : formatMarker(marker);
    case 'and':
      return joined(
        marker.markers.map(part).filter((text) => text !== ''),
        'and',
      );
    case 'or': {
      const parts = marker.markers.map(part);
      return parts.includes('') ? '' : joined(parts, 'or');
    }
  }
}

function joined(parts: readonly string[], word: 'and' | 'or'): string {
  const distinct = [...new Set(parts)].sort();
  return distinct.length === 1 ? (distinct[0] ?? '') : distinct.map((text) => `(${text})`).join(` ${word} `);
}

function isExtra(operand: MarkerOperand): boolean {
  return operand.kind === 'variable' && operand.name === 'extra';
}
