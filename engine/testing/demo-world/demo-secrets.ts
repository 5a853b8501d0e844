/** The retailers of the demo, by the short names the seed uses for their viewers (`viewer@<name>.example`). */
export const demoRetailers = ['nordlicht', 'kaffeewerk', 'atelier', 'volta'] as const;
export type DemoRetailer = (typeof demoRetailers)[number];

export interface DemoSecrets {
  /** Connection "Demo shop": header `X-Shop-Access-Token`. */
  shopToken: string;
  /** Signs the shop's webhooks (recipe `shopify`): webhook secret of the connection "Demo shop". */
  webhookSecret: string;
  /** Connection "Demo ERP": bearer token. */
  erpToken: string;
  /** Connection "Demo loyalty": header `X-Loyalty-Key`. */
  loyaltyKey: string;
  /** Key of the seeded flow's endpoint: the shop posts to `<ingress>/in/<endpointKey>`. */
  endpointKey: string;
}

function secretsOf(retailer: DemoRetailer): DemoSecrets {
  return {
    shopToken: `demo-shop-token-${retailer}`,
    webhookSecret: `demo-webhook-secret-${retailer}`,
    erpToken: `demo-erp-token-${retailer}`,
    loyaltyKey: `demo-loyalty-key-${retailer}`,
    endpointKey: `demo-orders-${retailer}`,
  };
}

/** What the demo systems accept, and the seed stores in its connections. They guard nothing: the systems listen on 127.0.0.1 only. */
export const demoSecrets = {
  nordlicht: secretsOf('nordlicht'),
  kaffeewerk: secretsOf('kaffeewerk'),
  atelier: secretsOf('atelier'),
  volta: secretsOf('volta'),
} satisfies Record<DemoRetailer, DemoSecrets>;

/** The header names of the demo systems' API keys. */
export const demoHeaders = { shop: 'X-Shop-Access-Token', loyalty: 'X-Loyalty-Key' } as const;
