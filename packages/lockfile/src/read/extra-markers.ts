import { formatMarker, type Marker, type MarkerOperand, normalizeName, parseMarker } from '@pyplan/markers';

/**
 * A marker of a tool's lock, where `extra == 'x'` means that the project's extra was asked for, as the lock file
 * format has it: `'x' in extras` (PEP 751, `packages.marker`).
 *
 * @throws InvalidMarkerError
 */
export function withPartExtras(text: string): string {
  return formatMarker(rewrite(parseMarker(text)));
}

function rewrite(marker: Marker): Marker {
  if (marker.kind !== 'comparison') return { ...marker, markers: marker.markers.map(rewrite) };
  const { left, right } = marker;
  const value = left.kind === 'value' ? left : right.kind === 'value' ? right : null;
  const variable = left.kind === 'variable' ? left : right.kind === 'variable' ? right : null;
  if (variable?.name !== 'extra' || value === null) return marker;
  const { set, name } = meaning(value.value);
  const member: MarkerOperand = { kind: 'value', value: name };
  const operator = marker.operator === '!=' ? 'not in' : 'in';
  return { ...marker, left: member, operator, right: { kind: 'variable', name: set }, specifier: null };
}

/** uv writes a conflicting extra as `extra-4-demo-cpu` and a group as `group-4-demo-dev`, with the name's length. */
function meaning(extra: string): { readonly set: 'extras' | 'dependency_groups'; readonly name: string } {
  const encoded = /^(extra|group)-(\d+)-(.+)$/.exec(extra);
  if (encoded !== null) {
    const [, kind, length, rest = ''] = encoded;
    const name = rest.slice(Number(length) + 1);
    if (rest[Number(length)] === '-' && name !== '') {
      return { set: kind === 'extra' ? 'extras' : 'dependency_groups', name: normalizeName(name) };
    }
  }
  return { set: 'extras', name: normalizeName(extra) };
}
