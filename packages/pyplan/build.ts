/**
 * Bundles what is published: the command, `dist/pyplan.cjs` with a chunk for each thing that is loaded when it is
 * first used, and the library, `dist/index.js`.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { commandChunks } from './build/command-chunks.ts';
import { lateModules, lightUndici, smallFflate } from './build/late-modules.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

rmSync(here('dist'), { recursive: true, force: true });
// CommonJS, for its modules of Node can be loaded when they are first used; and nothing outside, for each file that is
// looked up and opened is a part of the time in which the command starts.
await build({
  input: { pyplan: here('src/bin.ts') },
  platform: 'node',
  preserveEntrySignatures: false,
  // The TOML reader asks for Node's own way of showing values by an eval that it can do without; and what is loaded late
  // in one place may be loaded at once in another.
  checks: { eval: false, ineffectiveDynamicImport: false },
  plugins: [lightUndici, lateModules, smallFflate],
  output: {
    dir: here('dist'),
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'command/[name]-[hash].cjs',
    codeSplitting: { groups: commandChunks },
    // Names stay, for the traces of errors.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true, asciiOnly: true } },
  },
});
copyFileSync(here('src/command/ahead/known-dependencies.txt'), here('dist/command/known-dependencies.txt'));
await build({
  input: { index: here('src/index.ts') },
  platform: 'node',
  // Loaded from the package's own dependencies.
  external: [/^undici(\/|$)/, 'p-queue', '@iarna/toml'],
  output: {
    dir: here('dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
});
