import type { PackageSource } from '../package-source.ts';
import { type Facts, newFacts } from './facts.ts';

/** What was worked out of a source's answers, kept as long as the source: its answers never change. */
const factsOfSources = new WeakMap<PackageSource, Facts>();

export function factsOf(source: PackageSource): Facts {
  const known = factsOfSources.get(source);
  if (known !== undefined) return known;
  const facts = newFacts(source);
  factsOfSources.set(source, facts);
  return facts;
}
