import { main } from './main.ts';
import { processWorld } from './process/process-world.ts';

/** Runs the command with what this process was given. */
export async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processWorld());
}
