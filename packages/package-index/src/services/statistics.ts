import { normalizeName } from '@pyplan/markers';
import { SourceError } from '@pyplan/resolver';
import { systemClock } from '../http/clock.ts';
import {
  askService,
  type JsonObject,
  numberAt,
  objectAt,
  objectsAt,
  type ServiceOptions,
  textAt,
} from './service.ts';

/** Downloads of the last day, week and month. */
export interface RecentDownloads {
  readonly day: number;
  readonly week: number;
  readonly month: number;
}

/** Downloads of one day in one category (a Python version, a system, with or without mirrors). */
export interface DailyDownloads {
  /** `2026-10-31`. */
  readonly date: string;
  readonly category: string;
  readonly downloads: number;
}

/** By what downloads are told apart. */
export type DownloadBreakdown = 'overall' | 'python_major' | 'python_minor' | 'system';

export interface Statistics {
  /** Null where the service does not know the project. */
  recent(name: string, signal?: AbortSignal): Promise<RecentDownloads | null>;
  /** Of about half a year, oldest first; null where the service does not know the project. */
  daily(name: string, by: DownloadBreakdown, signal?: AbortSignal): Promise<readonly DailyDownloads[] | null>;
}

const DAY = 86_400_000;

/**
 * A client of the public download statistics service (`/packages/<name>/recent`, `/overall`, `/python_major`,
 * `/python_minor`, `/system`).
 *
 * The service counts once a day and asks to be asked no oftener: an answer is kept until the next day (UTC).
 *
 * @param base what comes before `packages/`; no such service is known to this program.
 */
export function statistics(base: string, options: ServiceOptions): Statistics {
  const ask = askService(options);
  const clock = options.clock ?? systemClock;
  const root = base.endsWith('/') ? base : `${base}/`;
  const get = (name: string, path: string, signal: AbortSignal | undefined): Promise<JsonObject | null> =>
    ask({
      url: `${root}packages/${encodeURIComponent(normalizeName(name))}/${path}`,
      what: `the downloads of ${name}`,
      keepFor: DAY - (clock.now() % DAY),
      signal,
    });
  return {
    recent: async (name, signal) => {
      const answer = await get(name, 'recent', signal);
      if (answer === null) return null;
      const data = objectAt(answer, 'data');
      const count = (key: string): number => numberAt(data, key) ?? 0;
      return { day: count('last_day'), week: count('last_week'), month: count('last_month') };
    },
    daily: async (name, by, signal) => {
      const answer = await get(name, by, signal);
      return answer === null
        ? null
        : objectsAt(answer, 'data').map((entry) => readDay(entry, `${root}packages/${name}/${by}`));
    },
  };
}

function readDay(entry: JsonObject, url: string): DailyDownloads {
  const [date, downloads] = [textAt(entry, 'date'), numberAt(entry, 'downloads')];
  if (date === null || downloads === null) {
    throw new SourceError(`${url}: expected a date and a number of downloads`, { kind: 'corrupt', url });
  }
  return { date, category: textAt(entry, 'category') ?? '', downloads };
}
