import type { Fetch } from '@pyplan/wheel-meta';
import type { HttpClient } from './client.ts';

/** A `fetch` for archives that are read in part: with the client's credentials, retries and politeness. */
export function clientFetch(client: HttpClient, signal: AbortSignal): Fetch {
  return async (url, request) => {
    const answer = await client.open({ url, method: request.method, headers: request.headers, signal });
    return {
      status: answer.status,
      url: answer.url,
      headers: {
        get: (name) => {
          const value = answer.headers[name.toLowerCase()];
          return typeof value === 'object' ? value.join(', ') : (value ?? null);
        },
      },
      body: {
        getReader: () => ({
          read: async () => {
            const value = await answer.read();
            return value === null ? { done: true } : { done: false, value };
          },
          cancel: async () => answer.cancel(),
        }),
      },
    };
  };
}
