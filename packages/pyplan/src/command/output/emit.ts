import type { Context } from '../context.ts';

/** Sends a result where it belongs: to the file of `-o`, all of it or nothing, or to standard output. */
export async function emit(context: Context, text: string): Promise<void> {
  const { output } = context.settings;
  context.world.signal.throwIfAborted();
  if (output === null || output === '-') {
    context.world.stdout.write(text);
    return;
  }
  const { writeFileAtomically } = await import('@pyplan/lockfile');
  const { changed } = await writeFileAtomically(context.path(output), text);
  context.say(changed ? `Wrote ${output}` : `${output} is up to date`);
}

export function emitJson(context: Context, value: unknown): Promise<void> {
  return emit(context, `${JSON.stringify(value)}\n`);
}
