import { compare, parse, satisfies } from '@renovatebot/pep440';
import { parsePipRequirementsLine } from 'pip-requirements-js';
import type { BenchInputs } from './inputs.ts';
import { type Measures, median, sink } from './measure.ts';

/** Times of @renovatebot/pep440. Its functions take texts and parse them at each call. */
export function measurePep440({ rounds, versions, specifiers }: BenchInputs): Measures {
  const few = versions.slice(0, 300);
  const fewer = Math.max(5, rounds >> 2);
  return {
    'parse version': median(rounds, versions.length, () => {
      for (const text of versions) sink.value = parse(text);
    }),
    'compare texts': median(rounds, versions.length - 1, () => {
      let sum = 0;
      for (let index = 1; index < versions.length; index++) {
        sum += compare(versions[index - 1] as string, versions[index] as string);
      }
      sink.value = sum;
    }),
    'sort 3,000 texts': median(fewer, 1, () => {
      sink.value = [...versions].sort(compare);
    }),
    'contains of texts': median(fewer, few.length * specifiers.length, () => {
      let count = 0;
      for (const set of specifiers) for (const version of few) if (satisfies(version, set)) count++;
      sink.value = count;
    }),
  };
}

/** Times of pip-requirements-js. */
export function measurePipRequirements({ rounds, requirements }: BenchInputs): Measures {
  return {
    'parse requirement': median(Math.max(5, rounds >> 2), requirements.length * 10, () => {
      for (let count = 0; count < 10; count++)
        for (const text of requirements) sink.value = parsePipRequirementsLine(text);
    }),
  };
}
