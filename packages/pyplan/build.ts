/**
 * Bundles the command as it is published: `dist/pyplan.js` with a chunk for each thing that is loaded
 * when it is first used.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

rmSync(here('dist'), { recursive: true, force: true });
await build({
  input: { pyplan: here('src/bin.ts'), index: here('src/index.ts') },
  platform: 'node',
  // Loaded from the package's own dependencies: most runs need none of them.
  external: [/^undici(\/|$)/, 'p-queue', '@iarna/toml'],
  output: {
    dir: here('dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
});
