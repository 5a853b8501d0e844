import { z } from 'zod';
import { BootError } from './boot-error.ts';
import { readFault, type Fault } from './fault-points.ts';

export const ROLES = ['ingress', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

const port = z.coerce.number().int().min(0).max(65_535);
const envSchema = z.object({
  WEFT_ENGINE_DATABASE_URL: z.string().min(1),
  WEFT_ENGINE_PORT: port.default(3001),
  WEFT_ENGINE_HOST: z.string().default('127.0.0.1'),
  WEFT_MASTER_KEY: z.string().optional(),
  WEFT_MASTER_KEY_FILE: z.string().optional(),
  WEFT_DATA_DIR: z.string().default('.weft'),
  WEFT_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  WEFT_MAX_BODY_BYTES: z.coerce.number().int().min(1024).default(5 * 1024 * 1024),
  WEFT_ENGINE_SLOTS: z.coerce.number().int().min(1).max(1024).default(64),
  WEFT_METRICS_PORT: port.optional(),
  WEFT_METRICS_HOST: z.string().default('127.0.0.1'),
  WEFT_DRAIN_SECONDS: z.coerce.number().min(0).max(60).default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(''),
  OTEL_SERVICE_NAME: z.string().default('weft-engine'),
  WEFT_SANDBOX_CHILDREN: z.coerce.number().int().min(1).max(32).default(1),
  WEFT_TEST_FAULT: z.string().default(''),
});

export interface EngineEnv {
  databaseUrl: string;
  host: string;
  port: number;
  /** The key itself, or the file that holds it. */
  masterKey: { text: string } | { file: string };
  logLevel: string;
  maxBodyBytes: number;
  /** Runs under way at once. */
  slots: number;
  sandboxChildren: number;
  roles: ReadonlySet<Role>;
  /** Where a test wants this process to die. */
  fault?: Fault | null;
  /** Where `GET /metrics` is served; nowhere unless set. */
  metrics?: { host: string; port: number };
  /** How long the process goes on working while `/ready` says no already, so that a load balancer turns away first. */
  drainMs?: number;
  /** Where traces go; none are made unless set. */
  tracing?: { endpoint: string; headers: Record<string, string>; serviceName: string };
}

/** Reads the environment and the command line (`--roles ingress,worker`). @throws BootError in words an operator can act on */
export function readEnv(env: NodeJS.ProcessEnv = process.env, args: readonly string[] = process.argv.slice(2)): EngineEnv {
  const parsed = envSchema.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BootError(`The setting ${issue?.path.join('.') ?? ''} is missing or wrong: ${issue?.message ?? ''}.`);
  }
  const values = parsed.data;
  return {
    databaseUrl: values.WEFT_ENGINE_DATABASE_URL,
    host: values.WEFT_ENGINE_HOST,
    port: values.WEFT_ENGINE_PORT,
    masterKey: values.WEFT_MASTER_KEY ? { text: values.WEFT_MASTER_KEY } : { file: values.WEFT_MASTER_KEY_FILE ?? `${values.WEFT_DATA_DIR}/master.key` },
    logLevel: values.WEFT_LOG_LEVEL,
    maxBodyBytes: values.WEFT_MAX_BODY_BYTES,
    slots: values.WEFT_ENGINE_SLOTS,
    sandboxChildren: values.WEFT_SANDBOX_CHILDREN,
    roles: rolesOf(args),
    fault: readFault(values.WEFT_TEST_FAULT),
    drainMs: values.WEFT_DRAIN_SECONDS * 1000,
    ...(values.WEFT_METRICS_PORT === undefined ? {} : { metrics: { host: values.WEFT_METRICS_HOST, port: values.WEFT_METRICS_PORT } }),
    ...(values.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? {}
      : { tracing: { endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT, headers: pairsOf(values.OTEL_EXPORTER_OTLP_HEADERS), serviceName: values.OTEL_SERVICE_NAME } }),
  };
}

/** `name=value,name=value`, values percent-encoded, as the OpenTelemetry specification has it. */
function pairsOf(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]];
  });
  return Object.fromEntries(pairs);
}

function rolesOf(args: readonly string[]): ReadonlySet<Role> {
  const at = args.findIndex((arg) => arg === '--roles' || arg.startsWith('--roles='));
  if (at < 0) return new Set(ROLES);
  const text = args[at]?.split('=')[1] ?? args[at + 1] ?? '';
  const names = text.split(',').map((name) => name.trim());
  const roles = ROLES.filter((role) => names.includes(role));
  if (roles.length === 0 || roles.length !== names.length) throw new BootError(`--roles wants a list of ${ROLES.join(', ')}; it was "${text}".`);
  return new Set(roles);
}
