import type PQueue from 'p-queue';
import type { Dispatcher } from 'undici';
import { type ProxySettings, proxyFor } from './proxy.ts';

/** Certificates beside the system's. All are texts in PEM. */
export interface TlsSettings {
  /** Authorities to trust instead of the built-in ones. */
  readonly ca?: string;
  /** The certificate that this side shows, and its key. */
  readonly cert?: string;
  readonly key?: string;
  /** Hosts, or hosts with a port, whose certificates are not verified. */
  readonly insecureHosts?: readonly string[];
}

export interface TransportOptions {
  /** Requests under way at once to one host, and connections to it. */
  readonly concurrency: number;
  readonly proxy: ProxySettings;
  readonly tls: TlsSettings;
}

/** What is kept of a host. */
export interface Host {
  readonly dispatcher: Dispatcher;
  readonly queue: PQueue;
  /** The URL of the proxy that it is reached by; null: none. */
  readonly proxy: string | null;
  /** Nothing is sent before this time: the host asked for a pause. */
  notBefore: number;
}

export interface Transport {
  host(url: URL): Host;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Milliseconds without a byte after which a request has failed. */
const SILENCE = 60_000;

/** Loads undici and p-queue. HTTP/2 is used where a server offers it. */
export async function loadTransport(options: TransportOptions): Promise<Transport> {
  const [{ default: Agent }, proxying, { default: Queue }] = await Promise.all([
    import('undici/lib/dispatcher/agent.js'),
    options.proxy.any ? loadProxying() : null,
    import('p-queue'),
  ]);
  const { ca, cert, key } = options.tls;
  const connect = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  const shared = {
    connections: options.concurrency,
    headersTimeout: SILENCE,
    bodyTimeout: SILENCE,
    keepAliveTimeout: 30_000,
  };
  const direct = new Agent({ ...shared, connect });
  const unverified = { ...connect, rejectUnauthorized: false };
  const insecure = new Agent({ ...shared, connect: unverified });
  const proxies = new Map<string, Dispatcher>();
  const isInsecure = (url: URL): boolean => {
    const hosts = options.tls.insecureHosts ?? [];
    return hosts.includes(url.hostname) || hosts.includes(url.host);
  };
  const hosts = new Map<string, Host>();
  const dispatcherFor = (url: URL, proxy: string | null): Dispatcher => {
    const trusted = isInsecure(url);
    if (proxy === null || proxying === null) return trusted ? insecure : direct;
    const key = `${trusted ? 'insecure ' : ''}${proxy}`;
    let agent = proxies.get(key);
    if (agent === undefined) {
      agent = new proxying.ProxyAgent({
        ...shared,
        uri: proxy,
        clientFactory: proxying.clientOf,
        requestTls: trusted ? unverified : connect,
        ...(ca === undefined ? {} : { proxyTls: { ca } }),
      });
      proxies.set(key, agent);
    }
    return agent;
  };
  return {
    host: (url) => {
      let host = hosts.get(url.origin);
      if (host === undefined) {
        const queue = new Queue({ concurrency: options.concurrency });
        const proxy = proxyFor(url, options.proxy);
        host = { dispatcher: dispatcherFor(url, proxy), queue, proxy, notBefore: 0 };
        hosts.set(url.origin, host);
      }
      return host;
    },
    close: async () => {
      await Promise.all([direct, insecure, ...proxies.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** What goes through proxies. The client for the proxy itself has CONNECT, which undici as a whole adds when it is loaded. */
async function loadProxying(): Promise<{
  readonly ProxyAgent: typeof import('undici').ProxyAgent;
  readonly clientOf: (origin: URL, options: object) => Dispatcher;
}> {
  const [{ default: ProxyAgent }, { default: Pool }, { default: connect }] = await Promise.all([
    import('undici/lib/dispatcher/proxy-agent.js'),
    import('undici/lib/dispatcher/pool.js'),
    import('undici/lib/api/api-connect.js'),
  ]);
  return { ProxyAgent, clientOf: (origin, options) => Object.assign(new Pool(origin, options), { connect }) };
}
