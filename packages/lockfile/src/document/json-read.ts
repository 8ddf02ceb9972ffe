import { LockFormatError } from '../errors.ts';

/** A JSON document. @throws LockFormatError with the line where there is one. */
export function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(message)?.[1];
    const line = offset === undefined ? null : text.slice(0, Number(offset)).split('\n').length;
    const problem = message.replace(/ in JSON at position.*/s, '');
    throw new LockFormatError(file, line === null ? null : `line ${line}`, `not valid JSON: ${problem}`);
  }
}
