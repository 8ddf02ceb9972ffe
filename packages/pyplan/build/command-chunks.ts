import type { CodeSplittingGroup } from 'rolldown';

/** A chunk of a module and all that it imports at its head, but for what chunks before it have. */
function chunk(name: string, test: RegExp, priority: number): CodeSplittingGroup {
  return { name, test, priority };
}

/** The parts of the resolver that search, and what is made of an answer. */
const searching =
  /resolver[\\/]src[\\/](resolve\.ts|(candidate|driver|solver|sat|world|facts|plan|universe|explanation|repair|difference|evidence)[\\/])/;

/** What undici has beside the client for HTTP/1. */
const besideHttp1 =
  /^[^\0].*undici[\\/]lib[\\/](web|api|cache|interceptor|llhttp[\\/]llhttp-wasm\.js|dispatcher[\\/](client-h2|proxy-agent|socks5)|core[\\/]socks5)/;

/**
 * What a lock needs in few files: each one that is looked up and opened takes a third of a millisecond. Those named
 * `late-…` are loaded when something of them is first used: what reads the inputs and asks the index comes first, and
 * while the index answers the search is loaded. What else is loaded late, or seldom, stays apart by itself.
 */
export const commandChunks: CodeSplittingGroup[] = [
  chunk('run', /src[\\/]command[\\/]run\.ts$/, 5),
  chunk('late-formats', /src[\\/]command[\\/]locking[\\/](lock-facts|format-lock)\.ts$/, 1),
  {
    ...chunk('late-search', searching, 4),
    includeDependenciesRecursively: false,
  },
  chunk('start', /src[\\/]command[\\/]verbs[\\/]lock\.ts$/, 3),
  { ...chunk('late-undici', besideHttp1, 6), includeDependenciesRecursively: false },
  chunk('http', /^[^\0].*undici[\\/]lib[\\/]dispatcher[\\/]agent\.js$|[\\/]p-queue[\\/]/, 2),
];
