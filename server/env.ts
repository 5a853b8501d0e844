import { z } from 'zod';

const schema = z.object({
  WEFT_WEB_DATABASE_URL: z.string().min(1),
  WEFT_AUTH_DATABASE_URL: z.string().min(1),
  /** Signs session cookies; at least 32 characters. */
  WEFT_AUTH_SECRET: z.string().min(32),
  WEFT_ENGINE_PORT: z.coerce.number().int().default(3001),
  /** Where vendors reach the ingress, when it is not this machine. */
  WEFT_PUBLIC_INGRESS_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEFT_WEB_POOL: z.coerce.number().int().min(2).max(200).default(10),
});

export interface Env {
  webDatabaseUrl: string;
  authDatabaseUrl: string;
  authSecret: string;
  /** Without a slash at the end; an endpoint is `<ingressUrl>/in/<key>`. */
  ingressUrl: string;
  webPool: number;
}

/** The settings of the web process. Read on first use, not on import, so that a build needs none of them. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const read = schema.safeParse(source);
  if (!read.success) {
    const names = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The web process cannot start; check the environment. ${names.join('; ')}`);
  }
  const env = read.data;
  return {
    webDatabaseUrl: env.WEFT_WEB_DATABASE_URL,
    authDatabaseUrl: env.WEFT_AUTH_DATABASE_URL,
    authSecret: env.WEFT_AUTH_SECRET,
    ingressUrl: (env.WEFT_PUBLIC_INGRESS_URL ?? `http://127.0.0.1:${env.WEFT_ENGINE_PORT}`).replace(/\/+$/, ''),
    webPool: env.WEFT_WEB_POOL,
  };
}

/** Whether the internal page of all components is there: while developing, or where it is asked for by name (`WEFT_STYLEGUIDE=on`). */
export function showsStyleguide(source: Record<string, string | undefined> = process.env): boolean {
  return source['NODE_ENV'] !== 'production' || source['WEFT_STYLEGUIDE'] === 'on';
}

/** What the command line may be told by its environment; it runs without a database. */
export interface CliEnv {
  url: string | null;
  apiKey: string | null;
  dataDir: string;
  webPort: number;
}

export function readCliEnv(source: Record<string, string | undefined> = process.env): CliEnv {
  return {
    url: source['WEFT_URL'] || null,
    apiKey: source['WEFT_API_KEY'] || null,
    dataDir: source['WEFT_DATA_DIR'] || '.weft',
    webPort: Number(source['WEFT_WEB_PORT']) || 3000,
  };
}
