/** How a system maps an order: its own drawn mapping, a JSONata expression, a script. */
export const VARIANTS = ['mapping', 'jsonata', 'script'] as const;
export type Variant = (typeof VARIANTS)[number];

/** A system under test: takes orders at a webhook, maps them, posts them to the sink. */
export interface SystemUnderTest {
  name: string;
  /** Processes whose CPU time counts, by what they are. */
  processes(): Record<string, number[]>;
  /** Processes whose memory counts; all of them unless said otherwise. */
  memory?: () => number[];
  /** Webhooks of the order flow, one per way of mapping that the system has. */
  hooks: Partial<Record<Variant, string>>;
  /** By what the product flow is built from: the address that starts it when it is posted to, `?n=` records. */
  productUrls: Record<string, string>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: SIGKILL, no chance to write anything. */
  kill(): Promise<void>;
  /** Starts it again on the same data; resolves when the webhook answers. */
  restart(): Promise<void>;
}

/** The webhook of a variant. @throws when the system has none */
export function hookOf(system: SystemUnderTest, variant: Variant = 'mapping'): string {
  const url = system.hooks[variant];
  if (url === undefined) throw new Error(`${system.name} has no flow that maps by ${variant}.`);
  return url;
}
