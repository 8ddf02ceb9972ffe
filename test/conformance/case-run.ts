/** What became of one case. */
export interface CaseResult {
  /** As the case file names it. */
  readonly id: string;
  /** In one line why it failed; null where it passed. */
  readonly failure: string | null;
}

export interface CaseOptions {
  /** The directory of case files, or one of them. */
  readonly data: string;
  /** Whether a case was asked for. */
  wants(id: string): boolean;
  /** Whether a flag of the command line was given, without its dashes. */
  has(flag: string): boolean;
  /** Something worth telling beside the results. */
  tell(text: string): void;
}

/** One kind of case: how its files are run. Cases come one by one, so that a long run shows its progress. */
export type CaseKind = (options: CaseOptions) => Iterable<CaseResult> | AsyncIterable<CaseResult>;

/** Runs a check that throws for a failure of its own, which then is the case's. */
export async function caseResult(
  id: string,
  check: () => string | null | Promise<string | null>,
): Promise<CaseResult> {
  try {
    return { id, failure: await check() };
  } catch (error) {
    return {
      id,
      failure: oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    };
  }
}

/** The text on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' / ');
}

/**
 * Whether an id is one of those asked for: whole, or a whole part of it between `/`, `.`, `:` and
 * spaces. No filter asks for all.
 */
export function idFilter(filters: readonly string[]): (id: string) => boolean {
  if (filters.length === 0) return () => true;
  const boundary = (character: string | undefined): boolean =>
    character === undefined || '/.: '.includes(character);
  return (id) =>
    filters.some((filter) => {
      for (let at = id.indexOf(filter); at >= 0; at = id.indexOf(filter, at + 1)) {
        if (boundary(id[at - 1]) && boundary(id[at + filter.length])) return true;
      }
      return false;
    });
}
