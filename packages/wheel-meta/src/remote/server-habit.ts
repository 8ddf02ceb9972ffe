/**
 * What a server has shown to support: ranges counted from the end (`bytes=-100`), ranges by position
 * only, or none, so that files come whole.
 */
export type ServerHabit = 'suffix' | 'range' | 'stream';

/** What is known of servers, by host and port. The caller keeps it, as long as it likes. */
export interface HabitMemory {
  get(host: string): ServerHabit | undefined;
  set(host: string, habit: ServerHabit): unknown;
}

/** `host:port` of an absolute URL. */
export function hostOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? '';
}
