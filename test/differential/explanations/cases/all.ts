import type { ExplanationCase } from '../case.ts';
import { candidateCases } from './candidates.ts';
import { deepCases } from './depths.ts';
import { fileCases } from './files.ts';
import { pinCases } from './pins.ts';

/** The cases by heading. */
export const explanationCases: Readonly<Record<string, readonly ExplanationCase[]>> = {
  'Lines, constraints and overrides': pinCases,
  'Below the lines': deepCases,
  'Versions that would have done': candidateCases,
  'Files, targets and projects': fileCases,
};
