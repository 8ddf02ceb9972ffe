import { expect, test } from 'vitest';
import { importsOf, withoutComments } from './import-graph.ts';
import { trackedFiles } from './tracked-files.ts';

const sources = trackedFiles().filter(({ path }) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path));

/** Who may start a process, each for something that the user asked for by name. */
const starters: readonly string[] = [
  'packages/package-index/src/auth/keyring.ts',
  'packages/pyplan/src/command/process/git-file.ts',
  'packages/pyplan/src/interpreter/ask-interpreter.ts',
];

/** Turns on V8's compile cache, a function of `node:module`. */
const compileCache = 'packages/pyplan/src/bin.ts';

/** Modules by which a program can run what it was handed. */
const runners = /^(?:node:)?(?:vm|worker_threads|cluster|wasi|repl|inspector|module|test)(?:\/|$)/;

test('only what the user asks for by name starts a process', () => {
  const found = sources.filter((file) =>
    importsOf(file).some(({ specifier }) => /^(?:node:)?child_process$/.test(specifier)),
  );
  expect(found.map(({ path }) => path).sort()).toEqual([...starters].sort());
});

test('no source evaluates text or loads what it did not name', () => {
  const wrong = sources.flatMap((file) => {
    const text = withoutComments(file.text);
    const evaluates = /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|\bprocess\.(?:dlopen|binding)\b/.test(
      text,
    );
    const computed = /\bimport\s*\((?!\s*['"])|\brequire\s*\((?!\s*['"])/.test(text);
    const runs =
      file.path !== compileCache && importsOf(file).some(({ specifier }) => runners.test(specifier));
    return evaluates || computed || runs ? [file.path] : [];
  });
  expect(wrong).toEqual([]);
});
