import { InvalidTargetError, type ReportedTarget, reportedTarget } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';

/**
 * The target that a report of an interpreter describes: what `pyplan env --json` or `pip inspect` prints, or
 * `packaging`'s markers and tags (see `reportedTarget`).
 *
 * @param source the file, as the user named it.
 * @throws InputError where it is no such report.
 */
export function readInterpreterReport(text: string, source: string): ReportedTarget {
  const hint = 'Expected what `pyplan env --json` or `pip inspect` prints';
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (error) {
    const reason =
      text.trim() === '' ? 'it is empty' : error instanceof Error ? error.message : String(error);
    throw new InputError(`A report of an interpreter is JSON: ${reason}`, {
      place: { source },
      hint,
      cause: error,
    });
  }
  try {
    return reportedTarget(report);
  } catch (error) {
    if (!(error instanceof InvalidTargetError)) throw error;
    throw new InputError(error.message, { place: { source }, hint, cause: error });
  }
}
