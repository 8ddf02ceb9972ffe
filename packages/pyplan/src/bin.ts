#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

enableCompileCache();
// A young generation that does not grow: a fifth to a third less memory, for a few hundredths of the time.
setFlagsFromString('--semi-space-growth-factor=1');
const [{ main }, { processWorld }] = await Promise.all([
  import('./command/main.ts'),
  import('./command/process/process-world.ts'),
]);
process.exitCode = await main(process.argv.slice(2), processWorld());
