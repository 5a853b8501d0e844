import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { buildConnector, Pool } from 'undici';
import { isAllowedPrivate, isPublicAddress, type AllowedNetwork, type Target } from './address-guard.ts';
import { EgressError } from './egress-error.ts';

const MAX_SOCKETS = 32;
const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 20_000;
/** All the headers of an answer together. */
const MAX_HEADER_BYTES = 32 * 1024;
/** More origins than this at once: the least recently used pool is closed. */
const MAX_POOLS = 500;

export interface PoolOptions {
  /** The operator's allow-list as it is now. */
  allowed(): readonly AllowedNetwork[];
  /** Instead of the system's resolver. */
  resolve?: Resolve;
}

/** All addresses of a name, as `dns.lookup` with `all` gives them. */
export type Resolve = (hostname: string, options: { all: true }, callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;

export interface Pools {
  /** @throws EgressError when the address may not be reached */
  poolFor(url: URL, allowPrivate: boolean): Pool;
  /** Forgets connections made under an older allow-list. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Keep-alive connections per origin. The guard sits where the socket is made: the name is resolved once, every address is
 * judged, and the socket goes to a judged address, so that a name cannot answer differently to the check and to the connect.
 * Connections that may reach private addresses never share sockets with those that may not.
 */
export function createPools(options: PoolOptions): Pools {
  const pools = new Map<string, Pool>();

  function make(url: URL, target: Target, allowPrivate: boolean): Pool {
    const mayReach = (address: string): boolean =>
      isPublicAddress(address) || (allowPrivate && isAllowedPrivate(address, target, options.allowed()));
    if (isIP(target.host) !== 0 && !mayReach(target.host)) throw refused(target.host);
    return new Pool(url.origin, {
      connections: MAX_SOCKETS,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      connect: guardedConnect(mayReach, options.resolve ?? systemLookup),
    });
  }

  return {
    poolFor(url, allowPrivate) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new EgressError('data', 'scheme_refused', `${url.protocol} is not allowed.`);
      const key = `${url.origin}|${allowPrivate ? 'private' : 'public'}`;
      const known = pools.get(key);
      if (known) return known;
      const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
      const pool = make(url, { host, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) }, allowPrivate);
      pools.set(key, pool);
      if (pools.size > MAX_POOLS) evictOldest(pools);
      return pool;
    },
    reset() {
      for (const pool of pools.values()) void pool.close();
      pools.clear();
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function evictOldest(pools: Map<string, Pool>): void {
  const [oldest] = pools;
  if (!oldest) return;
  pools.delete(oldest[0]);
  void oldest[1].close();
}

function refused(address: string): EgressError {
  return new EgressError('data', 'address_refused', `${address} is not a public address, and the operator has not allowed it.`);
}

/** The guard once more on the socket itself: whatever led there, it ends where it may be. */
function guardedConnect(mayReach: (address: string) => boolean, resolve: Resolve): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup(mayReach, resolve), keepAlive: true });
  return (target, callback) =>
    connect(target, (...result) => {
      const [, socket] = result;
      const address = socket?.remoteAddress;
      if (!socket || (address !== undefined && mayReach(address))) return callback(...result);
      socket.destroy();
      callback(refused(address ?? target.hostname), null);
    });
}

function guardedLookup(mayReach: (address: string) => boolean, resolve: Resolve): LookupFunction {
  return (hostname, _options, callback) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const judged = addresses.filter((entry) => mayReach(entry.address));
      const [first] = addresses;
      // One private address among public ones is a rebinding attempt or a mistake; either way not for us.
      if (judged.length < addresses.length || !first) return callback(refused(addresses.find((entry) => !mayReach(entry.address))?.address ?? hostname), []);
      callback(null, judged);
    });
  };
}
