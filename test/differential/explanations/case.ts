/** A real conflict over the recorded index, as each of the three tools is asked about it. */
export interface ExplanationCase {
  /** Names it in snapshots. */
  readonly id: string;
  readonly title: string;
  /** Input files by name. */
  readonly files: Readonly<Record<string, string>>;
  /** By default 3.12; several with commas. */
  readonly python?: string;
  /** By default linux; several with commas. */
  readonly platform?: string;
  /** Positional arguments; by default `requirements.in`. */
  readonly sources?: readonly string[];
  /** Options that pyplan and uv spell alike. */
  readonly options?: readonly string[];
  /** Whether source distributions count; by default wheels alone do. */
  readonly sdists?: boolean;
  /** Options of pyplan's alone. */
  readonly pyplan?: readonly string[];
  /** uv's options instead of `options`; null where it has no such input. */
  readonly uv?: readonly string[] | null;
  /** pip's options instead of `options`; null where it has no such input. */
  readonly pip?: readonly string[] | null;
  /** What pyplan's text says more than the others', as a sentence. */
  readonly more: string;
}

/** A requirements file of these lines. */
export function requirements(...lines: readonly string[]): Readonly<Record<string, string>> {
  return { 'requirements.in': `${lines.join('\n')}\n` };
}
