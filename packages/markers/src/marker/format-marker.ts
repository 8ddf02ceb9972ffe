import type { Marker, MarkerOperand } from './marker.ts';

/**
 * The marker as text: one space between words, double quotes, the parentheses that were written and
 * those that are needed. Parsing it gives an equal marker.
 *
 * @throws RangeError where a value holds both kinds of quote, which no marker can spell
 */
export function formatMarker(marker: Marker): string {
  return formatPart(marker, true);
}

function formatPart(marker: Marker, bare: boolean): string {
  if (marker.kind === 'comparison') {
    return `${formatOperand(marker.left)} ${marker.operator} ${formatOperand(marker.right)}`;
  }
  const parts = marker.markers.map((part) =>
    formatPart(part, part.kind === 'and' && !part.grouped && marker.kind === 'or'),
  );
  const text = parts.join(` ${marker.kind} `);
  return bare ? text : `(${text})`;
}

function formatOperand(operand: MarkerOperand): string {
  if (operand.kind === 'variable') return operand.name;
  const { value } = operand;
  if (!value.includes('"')) return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  throw new RangeError(`No marker can hold both kinds of quote: ${value}`);
}
