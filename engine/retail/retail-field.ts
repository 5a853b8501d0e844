import { z } from 'zod';
import type { FieldClass } from '../schema/schema-doc.ts';
import type { Json } from '../flow/json.ts';
import { toNumber } from '../mapping/decimal.ts';
import type { Meaning, MoneyMeaning } from './meaning.ts';

/** What rides on a field of the retail model beside its type; the schema documents are derived from it. */
export interface RetailMeta {
  /** Key of its words, where they are not those of the field's name. */
  text?: string;
  class?: FieldClass;
  /** System of record, where it is not that of the entity; words at `retail.owners.<owner>`. */
  owner?: Owner;
  meaning?: Meaning;
  format?: string;
  /** Shown as this type though the schema is a custom one. */
  as?: 'number' | 'any';
}

declare module 'zod' {
  interface GlobalMeta {
    retail?: RetailMeta;
  }
}

/** Kinds of systems that own fields. */
export const OWNERS = ['erp', 'crm', 'shop', 'pos', 'loyalty', 'payment', 'fulfilment', 'promotion'] as const;
export type Owner = (typeof OWNERS)[number];

const MAX_TEXT = 10_000;

export function text(retail: RetailMeta = {}): z.ZodString {
  return z.string().max(MAX_TEXT).meta({ retail });
}

/** Ids arrive as numbers of up to 20 digits or as text; both are kept as they are. */
export function id(retail: RetailMeta = {}): z.ZodType<string | number | bigint> {
  return z
    .union([z.string().min(1).max(200), z.number(), z.bigint()])
    .meta({ retail: { class: 'id', ...retail } });
}

/** Personal data. */
export function pii(retail: RetailMeta = {}): z.ZodString {
  return text({ class: 'pii', ...retail });
}

/** A decimal that keeps its digits: a number, or its text such as "12.50". */
export function decimal(retail: RetailMeta = {}): z.ZodType<Json> {
  return z.custom<Json>(isDecimal, { error: 'not_a_decimal' }).meta({ retail: { as: 'number', format: 'decimal', ...retail } });
}

/** An amount of money; `currency` stands at `currencyField` of the same record. */
export function money(tax: MoneyMeaning['tax'], retail: RetailMeta = {}, currencyField = 'currency'): z.ZodType<Json> {
  return decimal({ class: 'money', meaning: { kind: 'money', tax, currencyField }, ...retail });
}

export function points(retail: RetailMeta = {}): z.ZodType<Json> {
  return decimal({ class: 'points', meaning: { kind: 'points' }, ...retail });
}

/** A count of pieces, or of another unit. */
export function quantity(unit = 'piece', retail: RetailMeta = {}): z.ZodType<Json> {
  return decimal({ class: 'quantity', meaning: { kind: 'quantity', unit }, ...retail });
}

export function stock(as: 'absolute' | 'delta', retail: RetailMeta = {}): z.ZodType<Json> {
  return decimal({ class: 'stock', meaning: { kind: 'stock', as }, ...retail });
}

export function currencyCode(retail: RetailMeta = {}): z.ZodString {
  return z.string().regex(/^[A-Z]{3}$/).meta({ retail: { format: 'currency', ...retail } });
}

/** ISO 8601 with its offset: a moment that is the same everywhere. */
export function instant(retail: RetailMeta = {}): z.ZodType<string> {
  return z.iso.datetime({ offset: true }).meta({ retail: { class: 'time', format: 'date-time', meaning: { kind: 'instant' }, ...retail } });
}

/** A day in a store's books, YYYY-MM-DD; it begins when the store's zone says so. */
export function businessDay(zone = '', retail: RetailMeta = {}): z.ZodType<string> {
  return z.iso.date().meta({ retail: { class: 'time', format: 'date', meaning: { kind: 'businessDay', zone }, ...retail } });
}

/** A date of the calendar that has nothing to do with zones, such as a birthday. */
export function calendarDate(retail: RetailMeta = {}): z.ZodType<string> {
  return z.iso.date().meta({ retail: { format: 'date', ...retail } });
}

export function flag(retail: RetailMeta = {}): z.ZodBoolean {
  return z.boolean().meta({ retail });
}

export function choice<const T extends readonly [string, ...string[]]>(options: T, retail: RetailMeta = {}): z.ZodType<T[number]> {
  return z.enum(options).meta({ retail });
}

export function webAddress(retail: RetailMeta = {}): z.ZodType<string> {
  return z.url().meta({ retail: { format: 'uri', ...retail } });
}

function isDecimal(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'bigint') return true;
  if (typeof value === 'string') return toNumber(value) !== null;
  return typeof value === 'object' && value !== null && 'rawJSON' in value;
}
