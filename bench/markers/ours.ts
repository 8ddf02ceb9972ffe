import {
  compareVersions,
  evaluateMarker,
  parseMarker,
  parseRequirement,
  parseSpecifierSet,
  parseVersion,
  sortVersions,
  specifierSetContains,
} from '@pyplan/markers';
import type { BenchInputs } from './inputs.ts';
import { type Measures, median, sink } from './measure.ts';

/**
 * Times of @pyplan/markers. The operations "of texts" parse what they are given, as @renovatebot/pep440's
 * do, which knows no parsed versions; the others take parsed ones, as packaging and pep440_rs do.
 */
export function measureOurs(inputs: BenchInputs): Measures {
  const { rounds, versions, specifiers, requirements, environments } = inputs;
  const parsed = versions.map(parseVersion);
  const sets = specifiers.map(parseSpecifierSet);
  const markers = inputs.markers.map(parseMarker);
  const few = versions.slice(0, 300);
  return {
    'parse version': median(rounds, versions.length, () => {
      for (const text of versions) sink.value = parseVersion(text);
    }),
    'compare versions': median(rounds, versions.length - 1, () => {
      let sum = 0;
      for (let index = 1; index < parsed.length; index++) {
        sum += compareVersions(parsed[index - 1] as (typeof parsed)[0], parsed[index] as (typeof parsed)[0]);
      }
      sink.value = sum;
    }),
    'compare texts': median(rounds, versions.length - 1, () => {
      let sum = 0;
      for (let index = 1; index < versions.length; index++) {
        sum += compareVersions(
          parseVersion(versions[index - 1] as string),
          parseVersion(versions[index] as string),
        );
      }
      sink.value = sum;
    }),
    'sort 3,000 versions': median(rounds, 1, () => {
      sink.value = sortVersions(parsed);
    }),
    'sort 3,000 texts': median(rounds, 1, () => {
      sink.value = sortVersions(versions.map(parseVersion)).map((version) => version.text);
    }),
    'parse specifiers': median(rounds, specifiers.length * 100, () => {
      for (let count = 0; count < 100; count++)
        for (const text of specifiers) sink.value = parseSpecifierSet(text);
    }),
    contains: median(rounds, parsed.length * sets.length, () => {
      let count = 0;
      for (const set of sets) for (const version of parsed) if (specifierSetContains(set, version)) count++;
      sink.value = count;
    }),
    'contains of texts': median(rounds, few.length * specifiers.length, () => {
      let count = 0;
      for (const set of specifiers) {
        for (const version of few)
          if (specifierSetContains(parseSpecifierSet(set), parseVersion(version))) count++;
      }
      sink.value = count;
    }),
    'parse requirement': median(rounds, requirements.length * 100, () => {
      for (let count = 0; count < 100; count++)
        for (const text of requirements) sink.value = parseRequirement(text);
    }),
    'evaluate marker': median(rounds, markers.length * environments.length * 10, () => {
      let count = 0;
      for (let time = 0; time < 10; time++) {
        for (const marker of markers)
          for (const environment of environments) if (evaluateMarker(marker, environment)) count++;
      }
      sink.value = count;
    }),
  };
}
