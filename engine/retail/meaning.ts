import { z } from 'zod';

/**
 * What a value means beyond its type. Two numbers of different meaning fit each other's fields and still must not land
 * there: net in gross, points in money, an absolute stock in a delta. `checkMeanings` compares these values.
 */
export type Meaning =
  | MoneyMeaning
  | { kind: 'points' }
  /** `absolute`: how many there are. `delta`: how many came or went. */
  | { kind: 'stock'; as: StockAs }
  /** `unit`: `piece`, `case`, `kg` …; '' is not known. */
  | { kind: 'quantity'; unit: string }
  /** A moment on the one time line of the world. */
  | { kind: 'instant' }
  /** A day in a store's books. `zone`: IANA name, or the path of the field that holds it; '' is not known. */
  | { kind: 'businessDay'; zone: string };

export interface MoneyMeaning {
  kind: 'money';
  /** `tax`: the amount is the tax itself. `unknown` is never refused. */
  tax: TaxSide;
  /** Path of the field that holds the currency, from the root of the schema (`lines[].price.currency`). */
  currencyField?: string;
  /** The one currency all values are in, such as EUR. */
  currency?: string;
}

export const TAX_SIDES = ['net', 'gross', 'tax', 'unknown'] as const;
export type TaxSide = (typeof TAX_SIDES)[number];

export const STOCK_AS = ['absolute', 'delta'] as const;
export type StockAs = (typeof STOCK_AS)[number];

export const MEANING_KINDS = ['money', 'points', 'stock', 'quantity', 'instant', 'businessDay'] as const satisfies readonly Meaning['kind'][];
export type MeaningKind = (typeof MEANING_KINDS)[number];

export const meaningSchema: z.ZodType<Meaning> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('money'),
    tax: z.enum(TAX_SIDES),
    currencyField: z.string().max(500).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('points') }),
  z.strictObject({ kind: z.literal('stock'), as: z.enum(STOCK_AS) }),
  z.strictObject({ kind: z.literal('quantity'), unit: z.string().max(20) }),
  z.strictObject({ kind: z.literal('instant') }),
  z.strictObject({ kind: z.literal('businessDay'), zone: z.string().max(500) }),
]);
