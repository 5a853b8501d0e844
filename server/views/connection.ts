export const authKinds = ['none', 'basic', 'bearer', 'header'] as const;
export type AuthKind = (typeof authKinds)[number];

/** The open half of a connection's sign-in. Secrets are write-only and never in here. */
export interface AuthConfig {
  username?: string;
  /** Name of the header that carries the secret, for `header`. */
  header?: string;
}

export interface ConnectionView {
  id: string;
  retailerId: string;
  name: string;
  connector: string;
  environment: string;
  baseUrl: string;
  authKind: AuthKind;
  authConfig: AuthConfig;
  hasSecret: boolean;
  hasWebhookSecret: boolean;
  updatedAt: string;
}

/** `code` is a failure code of the engine (messages `errors.<code>` where one exists). */
export interface ConnectionTestView {
  ok: boolean;
  status?: number;
  code?: string;
  message?: string;
  durationMs: number;
}
