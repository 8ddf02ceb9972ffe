/** The user's files as the readers of inputs see them; paths as the user named them. */
export interface InputFiles {
  kindOf(path: string): 'file' | 'directory' | 'absent';
  /** @throws InputError where the file can't be read. */
  read(path: string): Uint8Array;
  readStdin(): Promise<string>;
  /** Values for `${NAME}` in requirements files; none by default. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** How messages call standard input. */
export const standardInput = 'standard input';
