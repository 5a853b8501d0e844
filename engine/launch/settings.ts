import { resolve } from 'node:path';
import { LaunchError } from './launch-error.ts';

/** What an operator can set; every variable is optional. */
export interface LaunchSettings {
  /** Absolute folder of the installation's data: database, secrets, logs. */
  dataDir: string;
  /** Owner URL of a PostgreSQL server to use instead of the embedded one. */
  databaseUrl: string | null;
  /** Address the web process listens on; this machine only unless set. */
  webHost: string;
  webPort: number;
  enginePort: number;
  demoPort: number;
  /** `pinned`: asked for by the operator, so no other port may be taken instead. */
  postgresPort: { port: number; pinned: boolean };
  /** Folder the embedded database's log is archived to, for point-in-time recovery; null: not archived. */
  walArchive: string | null;
  demo: boolean;
  publicIngressUrl: string | null;
  tuning: { engine: Record<string, string>; web: Record<string, string> };
}

/** Finer settings that a process reads by itself; passed on as they are. */
const ENGINE_TUNING = ['WEFT_ENGINE_HOST', 'WEFT_LOG_LEVEL', 'WEFT_MAX_BODY_BYTES', 'WEFT_ENGINE_SLOTS', 'WEFT_SANDBOX_CHILDREN', 'WEFT_METRICS_PORT',
  'WEFT_METRICS_HOST', 'WEFT_DRAIN_SECONDS', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_SERVICE_NAME'];
const WEB_TUNING = ['WEFT_WEB_POOL', 'WEFT_LOG_LEVEL', 'WEFT_STYLEGUIDE'];

type Source = Record<string, string | undefined>;

/** Reads the settings from the environment. Throws LaunchError naming the variable that cannot be used. */
export function readSettings(root: string, source: Source = process.env): LaunchSettings {
  const demo = source['WEFT_DEMO'] || 'on';
  if (demo !== 'on' && demo !== 'off') throw new LaunchError(`WEFT_DEMO is "${demo}"; it must be on or off.`);
  const settings: LaunchSettings = {
    dataDir: resolve(root, source['WEFT_DATA_DIR'] || '.weft'),
    databaseUrl: source['DATABASE_URL'] || null,
    webHost: source['WEFT_HOST'] || '127.0.0.1',
    webPort: port(source, 'WEFT_WEB_PORT', 3000),
    enginePort: port(source, 'WEFT_ENGINE_PORT', 3001),
    demoPort: port(source, 'WEFT_DEMO_PORT', 3002),
    postgresPort: { port: port(source, 'WEFT_PG_PORT', 5483), pinned: Boolean(source['WEFT_PG_PORT']) },
    walArchive: source['WEFT_WAL_ARCHIVE'] ? resolve(root, source['WEFT_WAL_ARCHIVE']) : null,
    demo: demo === 'on',
    publicIngressUrl: source['WEFT_PUBLIC_INGRESS_URL'] || null,
    tuning: { engine: pick(source, ENGINE_TUNING), web: pick(source, WEB_TUNING) },
  };
  if (settings.databaseUrl !== null && !URL.canParse(settings.databaseUrl)) {
    throw new LaunchError('DATABASE_URL is not a URL; it looks like postgres://user:password@host:5432/database.');
  }
  return settings;
}

const PASSED_ON = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'];

/**
 * The environment a child gets: an allow-list of the system's variables plus its own. Whatever else is in the operator's shell
 * (cloud keys, tokens) stays out of processes that talk to the outside.
 */
export function childEnv(own: Record<string, string | null>, source: Source = process.env): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', TZ: 'UTC', NEXT_TELEMETRY_DISABLED: '1' };
  for (const name of PASSED_ON) if (source[name] !== undefined) env[name] = source[name];
  for (const [name, value] of Object.entries(own)) if (value !== null) env[name] = value;
  return env;
}

function pick(source: Source, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (source[name] ? [[name, source[name]]] : [])));
}

function port(source: Source, name: string, fallback: number): number {
  const text = source[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw new LaunchError(`${name} is "${text}"; it must be a port number from 1 to 65535.`);
  return value;
}
