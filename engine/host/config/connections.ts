import type { Sql } from '../database.ts';
import { readRateLimit, type RateLimit } from '#engine/flow/rate-limit.ts';
import { maskOf, type Mask } from '../egress/mask.ts';
import type { Vault } from '../vault.ts';

/** A connection as the egress needs it: with its secret, and with the header that carries it ready made. */
export interface LiveConnection {
  id: string;
  partnerId: string;
  retailerId: string;
  baseUrl: URL;
  allowPrivate: boolean;
  /** The sign-in header, sent to the connection's own origin only. */
  authHeader: [string, string] | null;
  /** Secrets that sign webhooks, newest first: two while one is being rotated. */
  webhookSecrets: string[];
  mask: Mask | null;
  /** Calls at once over all processes; null: no cap. */
  concurrency: number | null;
  rateLimit: RateLimit;
  /** Calls a second after an outage; null: the engine's own ramp. */
  drainPerSecond: number | null;
}

/** What is stored but cannot be read must not make a flow run unlimited by chance: one call a second. */
const UNREADABLE_LIMIT: RateLimit = { limits: [{ style: 'bucket', calls: 1, perSecond: 1 }], headers: 'auto' };

interface Row {
  id: string;
  partner_id: string;
  retailer_id: string;
  base_url: string;
  auth_kind: 'none' | 'basic' | 'bearer' | 'header';
  auth_config: { username?: string; header?: string; headerName?: string };
  allow_private: boolean;
  concurrency: number | null;
  rate_limit: unknown;
  drain_per_second: number | null;
}

interface CredentialRow {
  field: 'secret' | 'webhook_secret';
  version: number;
  sealed: string;
}

export interface Connections {
  /** From memory when it is there. Null when no such connection exists in this retailer. */
  get(id: string, retailerId: string): LiveConnection | null | Promise<LiveConnection | null>;
  forget(id: string): void;
  forgetAll(): void;
}

/** Connections in memory, dropped when they change (`weft_config`). */
export function createConnections(sql: Sql, vault: Vault): Connections {
  const known = new Map<string, LiveConnection>();
  /** Runs that begin at once share one look. */
  const loading = new Map<string, Promise<LiveConnection | null>>();

  function load(id: string): Promise<LiveConnection | null> {
    const shared = loading.get(id);
    if (shared) return shared;
    const look: Promise<LiveConnection | null> = read(id).then(
      (live) => {
        // Forgotten meanwhile: what was read may be the old one, good for those who asked before the change only.
        if (loading.get(id) === look && loading.delete(id) && live) known.set(id, live);
        return live;
      },
      (error: unknown) => {
        if (loading.get(id) === look) loading.delete(id);
        throw error;
      },
    );
    loading.set(id, look);
    return look;
  }

  async function read(id: string): Promise<LiveConnection | null> {
    const [rows, credentials] = await Promise.all([
      sql<Row[]>`select id, partner_id, retailer_id, base_url, auth_kind, auth_config, allow_private, concurrency, rate_limit, drain_per_second from connection where id = ${id}`,
      sql<CredentialRow[]>`select field, version, sealed from credential where connection_id = ${id} order by version desc`,
    ]);
    const [row] = rows;
    if (!row || !URL.canParse(row.base_url)) return null;
    const secrets = async (field: CredentialRow['field'], count: number): Promise<string[]> => {
      const newest = credentials.filter((credential) => credential.field === field).slice(0, count);
      return Promise.all(newest.map(({ version, sealed }) => vault.open({ partnerId: row.partner_id, connectionId: row.id, field, version }, sealed)));
    };
    const [secret] = await secrets('secret', 1);
    const webhookSecrets = await secrets('webhook_secret', 2);
    const authHeader = headerOf(row, secret);
    const hidden = [...(secret === undefined ? [] : [secret]), ...webhookSecrets, ...(authHeader ? [authHeader[1]] : [])];
    return {
      id: row.id,
      partnerId: row.partner_id,
      retailerId: row.retailer_id,
      baseUrl: new URL(row.base_url),
      allowPrivate: row.allow_private,
      authHeader,
      webhookSecrets,
      mask: maskOf(hidden),
      concurrency: row.concurrency,
      rateLimit: readRateLimit(row.rate_limit) ?? UNREADABLE_LIMIT,
      drainPerSecond: row.drain_per_second,
    };
  }

  // A flow names connections by id; one of another retailer does not exist for it.
  const own = (connection: LiveConnection | null, retailerId: string) => (connection?.retailerId === retailerId ? connection : null);

  return {
    get(id, retailerId) {
      const connection = known.get(id);
      if (connection) return own(connection, retailerId);
      if (!/^[0-9a-f-]{36}$/i.test(id)) return null;
      return load(id).then((loaded) => own(loaded, retailerId));
    },
    forget(id) {
      known.delete(id);
      loading.delete(id);
    },
    forgetAll() {
      known.clear();
      loading.clear();
    },
  };
}

function headerOf(row: Row, secret: string | undefined): [string, string] | null {
  if (secret === undefined) return null;
  switch (row.auth_kind) {
    case 'none':
      return null;
    case 'basic':
      return ['authorization', `Basic ${Buffer.from(`${row.auth_config.username ?? ''}:${secret}`).toString('base64')}`];
    case 'bearer':
      return ['authorization', `Bearer ${secret}`];
    case 'header':
      return [(row.auth_config.header ?? row.auth_config.headerName ?? 'x-api-key').toLowerCase(), secret];
  }
}
