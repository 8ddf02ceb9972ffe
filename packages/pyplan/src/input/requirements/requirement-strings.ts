import { InvalidRequirementError, parseRequirement, type Requirement } from '@pyplan/markers';
import type { Origin, RootRequirement } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';

/** A requirement of the user's. @throws InputError that draws where the text stops being one. */
export function readRequirement(text: string, origin: Origin): RootRequirement {
  return { requirement: parsed(text, origin), origin };
}

function parsed(text: string, origin: Origin): Requirement {
  try {
    return parseRequirement(text);
  } catch (error) {
    if (!(error instanceof InvalidRequirementError)) throw error;
    throw new InputError(error.message, { place: origin, cause: error });
  }
}

/** The origin of a requirement that came as an argument. */
export const argumentOrigin: Origin = { source: 'argument', line: null, column: null };
