import { formatMarker, type Marker, type MarkerAlgebra, type MarkerSet, parseMarker } from '@pyplan/markers';

/**
 * A marker that says the same within the universe in fewer or plainer words, where one is found: one comparison of
 * the platform for several (`sys_platform == "win32"` for neither Linux nor macOS), and patch levels without what
 * keeps their pre-releases apart (`python_full_version < "3.11.5"`, of which a universe has none).
 */
export function plainMarker(
  algebra: MarkerAlgebra,
  marker: Marker,
  universe: MarkerSet,
  systems: readonly string[],
): Marker {
  const said = algebra.and(algebra.of(marker), universe);
  const isSame = (other: Marker): boolean =>
    algebra.areEquivalent(algebra.and(algebra.of(other), universe), said);
  let best = marker;
  for (let found: Marker | null = best; found !== null; ) {
    const length = formatMarker(best).length;
    found = null;
    for (const other of rewordings(best, systems)) {
      if (formatMarker(other).length >= length || !isSame(other)) continue;
      found = other;
      best = other;
      break;
    }
  }
  return best;
}

/** The marker with one part said otherwise, whether or not that is the same. */
function* rewordings(marker: Marker, systems: readonly string[]): Generator<Marker> {
  if (marker.kind === 'comparison') {
    const text = formatMarker(marker);
    const plain = text
      .replace(/\.dev0"$/, '"')
      .replace(/^(python_full_version [=!]= "\d+\.\d+\.\d+)\.\*"$/, '$1"');
    if (plain !== text) yield parseMarker(plain);
    return;
  }
  const { markers } = marker;
  const onSystem = markers.filter(
    (part) => part.kind === 'comparison' && formatMarker(part).startsWith('sys_platform '),
  );
  if (onSystem.length > 1) {
    const others = markers.filter((part) => !onSystem.includes(part));
    for (const system of systems) {
      const one = parseMarker(`sys_platform ${marker.kind === 'and' ? '==' : '!='} "${system}"`);
      yield others.length === 0 ? one : { ...marker, markers: [...others, one] };
    }
  }
  for (const [index, part] of markers.entries()) {
    for (const other of rewordings(part, systems)) {
      const grouped = other.kind === 'or' ? { ...other, grouped: true } : other;
      yield { ...marker, markers: markers.with(index, grouped) };
    }
  }
}
