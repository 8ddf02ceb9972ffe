import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { caseFileStem, caseFiles, jsonLines, readMaybeGzipped } from '../support/case-files.ts';
import { shared } from '../support/paths.ts';
import { type CaseOptions, type CaseResult, caseResult } from './case-run.ts';
import { checkMarkerAlgebra } from './vectors/marker-algebra.ts';
import { markerCheck } from './vectors/markers.ts';
import { checkMetadata } from './vectors/metadata.ts';
import { checkName } from './vectors/names.ts';
import { checkRequirement } from './vectors/requirements.ts';
import { checkSdistFilename } from './vectors/sdist-filenames.ts';
import { checkSpecifier } from './vectors/specifiers.ts';
import { checkTags } from './vectors/tags.ts';
import { checkVersionOrder } from './vectors/version-order.ts';
import { checkVersion } from './vectors/versions.ts';
import { checkWheelFilename } from './vectors/wheel-filenames.ts';

/** Runs one file's lines, giving for each why it failed. */
type FileRunner = (path: string) => Iterable<readonly [line: number, check: () => string | null]>;

function* linesWith<T>(
  path: string,
  check: (vector: T) => string | null,
): Generator<readonly [number, () => string | null]> {
  for (const { line, value } of jsonLines<T>(path)) yield [line, () => check(value)];
}

/** Each file of vectors by its name, with how its lines are judged. */
const files: Readonly<Record<string, FileRunner>> = {
  versions: (path) => linesWith(path, checkVersion),
  'version-order': (path) => linesWith(path, checkVersionOrder),
  specifiers: (path) => linesWith(path, checkSpecifier),
  requirements: (path) => linesWith(path, checkRequirement),
  markers: (path) => linesWith(path, markerCheck(readEnvironments(path))),
  names: (path) => linesWith(path, checkName),
  'wheel-filenames': (path) => linesWith(path, checkWheelFilename),
  'sdist-filenames': (path) => linesWith(path, checkSdistFilename),
  tags: (path) => linesWith(path, checkTags),
  metadata: (path) => linesWith(path, checkMetadata),
  'marker-algebra': (path) => linesWith(path, checkMarkerAlgebra),
};

/** What `packaging` answers (vectors/README.md). A case's id is its file's name and its line. */
export async function* vectors(options: CaseOptions): AsyncGenerator<CaseResult> {
  for (const path of caseFiles(options.data)) {
    const stem = caseFileStem(path);
    const runner = files[stem];
    if (runner === undefined) {
      yield { id: stem, failure: `${path} holds vectors of a kind that is not known` };
      continue;
    }
    for (const [line, check] of runner(path)) {
      const id = `${stem}:${line}`;
      if (options.wants(id)) yield await caseResult(id, check);
    }
  }
}

/** The marker environments beside a file of vectors, or those beside the project. */
function readEnvironments(path: string): string {
  const folder = statSync(path).isFile() ? dirname(path) : path;
  const beside = readMaybeGzipped(join(folder, 'environments.json'));
  const usual = join(shared, 'vectors', 'environments.json');
  return beside ?? (existsSync(usual) ? (readMaybeGzipped(usual) ?? '[]') : '[]');
}
