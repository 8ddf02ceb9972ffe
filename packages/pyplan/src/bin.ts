#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

enableCompileCache();
const [{ main }, { processWorld }] = await Promise.all([
  import('./command/main.ts'),
  import('./command/process/process-world.ts'),
]);
process.exitCode = await main(process.argv.slice(2), processWorld());
