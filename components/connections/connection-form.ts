import type { AuthConfig, AuthKind, ConnectionView } from '#server/views/connection.ts';

/** What the dialog holds while it is open. `null` for a secret: leave the stored one as it is. */
export interface ConnectionForm {
  name: string;
  baseUrl: string;
  authKind: AuthKind;
  username: string;
  headerName: string;
  secret: string | null;
  webhookSecret: string | null;
}

export type ConnectionField = 'name' | 'baseUrl' | 'username' | 'headerName' | 'secret';

/** Codes of the messages `connections.problem.<code>`. */
export type ConnectionProblem = 'nameMissing' | 'urlMissing' | 'urlMalformed' | 'urlCarriesSecret' | 'usernameMissing' | 'headerMissing' | 'headerMalformed' | 'secretMissing' | 'secretForNewHost';

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;

/** The form of a stored connection; of a new one without. Stored secrets never reach the browser. */
export function openForm(connection: ConnectionView | null): ConnectionForm {
  return {
    name: connection?.name ?? '',
    baseUrl: connection?.baseUrl ?? '',
    authKind: connection?.authKind ?? 'none',
    username: connection?.authConfig.username ?? '',
    headerName: connection?.authConfig.header ?? '',
    secret: connection?.hasSecret === true ? null : '',
    webhookSecret: connection?.hasWebhookSecret === true ? null : '',
  };
}

/**
 * What stands in the way of saving, by field. A stored secret belongs to the host it was given for:
 * pointing the connection elsewhere asks for it again (the server insists on the same).
 */
export function checkForm(form: ConnectionForm, stored: ConnectionView | null): Partial<Record<ConnectionField, ConnectionProblem>> {
  const problems: Partial<Record<ConnectionField, ConnectionProblem>> = {};
  if (form.name.trim() === '') problems.name = 'nameMissing';
  const url = checkUrl(form.baseUrl.trim());
  if (url !== null) problems.baseUrl = url;
  if (form.authKind === 'basic' && form.username.trim() === '') problems.username = 'usernameMissing';
  if (form.authKind === 'header') {
    const name = form.headerName.trim();
    if (name === '') problems.headerName = 'headerMissing';
    else if (!HEADER_NAME.test(name)) problems.headerName = 'headerMalformed';
  }
  if (form.authKind !== 'none' && form.secret === '') problems.secret = 'secretMissing';
  if (form.authKind !== 'none' && form.secret === null && stored !== null && originOf(stored.baseUrl) !== originOf(form.baseUrl.trim())) problems.secret = 'secretForNewHost';
  return problems;
}

/** The form as the API takes it: only the fields of its way to sign in, secrets only when newly typed. */
export function submission(form: ConnectionForm): { name: string; baseUrl: string; authKind: AuthKind; authConfig: AuthConfig; secret?: string; webhookSecret?: string } {
  const authConfig: AuthConfig = {
    ...(form.authKind === 'basic' ? { username: form.username.trim() } : {}),
    ...(form.authKind === 'header' ? { header: form.headerName.trim() } : {}),
  };
  return {
    name: form.name.trim(),
    baseUrl: form.baseUrl.trim(),
    authKind: form.authKind,
    authConfig,
    ...(form.authKind !== 'none' && form.secret !== null && form.secret !== '' ? { secret: form.secret } : {}),
    ...(form.webhookSecret !== null && form.webhookSecret !== '' ? { webhookSecret: form.webhookSecret } : {}),
  };
}

function originOf(text: string): string | null {
  return URL.parse(text)?.origin ?? null;
}

function checkUrl(text: string): ConnectionProblem | null {
  if (text === '') return 'urlMissing';
  if (!/^https?:\/\//i.test(text)) return 'urlMalformed';
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return 'urlMalformed';
  // An address is shown to everyone who may see the connection; a password in it would be too.
  if (url.username !== '' || url.password !== '') return 'urlCarriesSecret';
  return url.hash === '' ? null : 'urlMalformed';
}
