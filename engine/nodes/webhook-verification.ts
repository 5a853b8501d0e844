import { z } from 'zod';

/**
 * How a vendor signs its webhooks, as data. `signed` is what goes into the HMAC: `{body}` stands for the raw bytes,
 * any other `{name}` for the header of that name.
 */
export interface WebhookRecipe {
  /** `hmac`: the header carries a signature; `secret`: the secret itself, as API keys are sent. */
  proof: 'hmac' | 'secret';
  /** Header that carries the proof, in lower case. */
  header: string;
  algorithm: 'sha1' | 'sha256' | 'sha512';
  encoding: 'base64' | 'hex';
  /** Text before the signature that is no part of it, such as `sha256=`. */
  prefix: string;
  /** The header may hold several signatures with blanks between them (keys being rotated). */
  list: boolean;
  signed: string;
  /** `text`: the secret's own bytes; `whsec`: base64 behind `whsec_`. */
  secret: 'text' | 'whsec';
  /** Header with the Unix time of signing, in seconds, and how far it may be off. */
  clock: { header: string; windowSeconds: number } | null;
  /** Header with the delivery's id; a second delivery with the same id is dropped. */
  dedupeHeader: string | null;
}

const SHOPIFY: WebhookRecipe = {
  proof: 'hmac',
  header: 'x-shopify-hmac-sha256',
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: '',
  list: false,
  signed: '{body}',
  secret: 'text',
  clock: null,
  dedupeHeader: 'x-shopify-webhook-id',
};

const STANDARD_WEBHOOKS: WebhookRecipe = {
  proof: 'hmac',
  header: 'webhook-signature',
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: 'v1,',
  list: true,
  signed: '{webhook-id}.{webhook-timestamp}.{body}',
  secret: 'whsec',
  clock: { header: 'webhook-timestamp', windowSeconds: 300 },
  dedupeHeader: 'webhook-id',
};

/** Where a vendor has a scheme of its own that is a plain HMAC of the body; the consultant fills in the rest. */
const GENERIC: WebhookRecipe = {
  proof: 'hmac',
  header: '',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: '',
  list: false,
  signed: '{body}',
  secret: 'text',
  clock: null,
  dedupeHeader: null,
};

/** Systems that sign nothing and send a fixed key along, and callers of an API trigger. */
const API_KEY: WebhookRecipe = { ...GENERIC, proof: 'secret', header: 'x-api-key' };

export const RECIPES = {
  shopify: { summaryKey: 'shopify', recipe: SHOPIFY },
  'standard-webhooks': { summaryKey: 'standardWebhooks', recipe: STANDARD_WEBHOOKS },
  generic: { summaryKey: 'generic', recipe: GENERIC },
  'api-key': { summaryKey: 'apiKey', recipe: API_KEY },
  none: { summaryKey: 'unverified', recipe: null },
} satisfies Record<string, { summaryKey: string; recipe: WebhookRecipe | null }>;

const onlyGeneric = { field: 'recipe', is: ['generic'] };
const headerName = z.string().max(100).regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]*$/);

/** Where each vendor writes down how it signs. */
const RECIPE_SOURCES = {
  shopify: 'https://shopify.dev/docs/apps/build/webhooks/verify-deliveries',
  'standard-webhooks': 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  generic: 'https://www.rfc-editor.org/rfc/rfc2104',
};

export const webhookVerificationSchema = z.strictObject({
  recipe: z.enum(['shopify', 'standard-webhooks', 'generic', 'api-key', 'none']).meta({ field: { kind: 'select', help: true, sourceOf: RECIPE_SOURCES } }),
  header: headerName.optional().meta({
    field: { kind: 'text', when: { field: 'recipe', is: ['generic', 'api-key'] }, help: true, placeholder: 'X-API-Key' },
  }),
  algorithm: z
    .enum(['sha256', 'sha1', 'sha512'])
    .optional()
    .meta({ field: { kind: 'select', when: onlyGeneric } }),
  encoding: z
    .enum(['hex', 'base64'])
    .optional()
    .meta({ field: { kind: 'select', when: onlyGeneric } }),
  prefix: z
    .string()
    .max(50)
    .optional()
    .meta({ field: { kind: 'text', when: onlyGeneric, help: true, placeholder: 'sha256=' } }),
  dedupeHeader: headerName.optional().meta({
    field: { kind: 'text', when: { field: 'recipe', is: ['generic', 'api-key', 'none'] }, help: true, placeholder: 'X-Delivery-Id' },
  }),
});

export type WebhookVerification = z.infer<typeof webhookVerificationSchema>;

/** The recipe in force for a trigger's settings; null when deliveries are not verified. */
export function recipeOf(verification: WebhookVerification): WebhookRecipe | null {
  const { recipe } = RECIPES[verification.recipe];
  if (verification.recipe === 'api-key') {
    const header = (verification.header ?? '').trim().toLowerCase() || API_KEY.header;
    return { ...API_KEY, header, dedupeHeader: dedupeHeaderOf(verification) };
  }
  if (recipe === null || verification.recipe !== 'generic') return recipe;
  return {
    ...recipe,
    header: (verification.header ?? '').toLowerCase(),
    algorithm: verification.algorithm ?? recipe.algorithm,
    encoding: verification.encoding ?? recipe.encoding,
    prefix: verification.prefix ?? '',
    dedupeHeader: dedupeHeaderOf(verification),
  };
}

/** Header that names a delivery, whether or not it is verified. */
export function dedupeHeaderOf(verification: WebhookVerification): string | null {
  const { recipe } = RECIPES[verification.recipe];
  const named = verification.recipe === 'generic' || verification.recipe === 'api-key';
  if (!named && recipe !== null) return recipe.dedupeHeader;
  return verification.dedupeHeader?.trim().toLowerCase() || null;
}
