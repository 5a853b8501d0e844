import { dateFromValue } from '../../mapping/date-parts.ts';
import type { MappingFunction } from '../../mapping/mapping-schema.ts';
import { conceptsOf, wordsOf } from '../concepts.ts';
import type { Described } from './describe-field.ts';

/** Whether the values of one field can stand in another. */
export interface ValueFit {
  /** As far as can be seen nothing has to be done but what `functions` do. */
  sure: boolean;
  /** The values themselves speak for it. */
  alike: boolean;
  functions: MappingFunction[];
}

const SURE: ValueFit = { sure: true, alike: false, functions: [] };
const ALIKE: ValueFit = { sure: true, alike: true, functions: [] };
const UNSURE: ValueFit = { sure: false, alike: false, functions: [] };

/** Compares types, formats, options and examples; null where no value of the source could ever stand in the target. */
export function fitValues(target: Described, source: Described, minorUnits: boolean): ValueFit | null {
  const [wanted, given] = [target.at.type, source.at.type];
  const examples = source.at.evidence?.examples ?? [];
  if (wanted === 'any') return SURE;
  if (wanted === 'list' || given === 'list') return wanted === given ? SURE : null;
  if (wanted === 'object' || given === 'object') return wanted === given ? SURE : null;
  if (wanted === 'boolean') {
    if (given === 'boolean') return ALIKE;
    if (given === 'any') return SURE;
    return given === 'text' && examples.length > 0 && examples.every((example) => /^(?:true|false)$/i.test(example)) ? ALIKE : null;
  }
  if (wanted === 'number') return fitNumber(target, source, minorUnits);
  if (given === 'boolean') return UNSURE;
  const { options, format } = target.at.field ?? {};
  if (options !== undefined && options.length > 0) return examples.length > 0 && examples.every((example) => options.includes(example)) ? ALIKE : UNSURE;
  if (format !== undefined) return fitFormat(format, { source, examples });
  return SURE;
}

function fitNumber(target: Described, source: Described, minorUnits: boolean): ValueFit | null {
  const { type, evidence } = source.at;
  const examples = evidence?.examples ?? [];
  if (type === 'boolean' || (type === 'text' && !examples.every((example) => /^-?\d{1,15}(?:\.\d{1,12})?$/.test(example)))) return null;
  const { class: kind, meaning } = target.at.field ?? {};
  const money = kind === 'money' || meaning?.kind === 'money';
  if (money && minorUnits) return { sure: false, alike: false, functions: [{ fn: 'number.divide', args: [100] }] };
  return type === 'number' || type === 'any' || examples.length > 0 ? SURE : UNSURE;
}

const PATTERNS: Readonly<Record<string, RegExp>> = {
  email: /^[^\s@]{1,64}@[^\s@]{1,64}\.[^\s@.]{2,20}$/,
  uri: /^https?:\/\/\S+$/,
  country: /^[A-Z]{2}$/,
  currency: /^[A-Z]{3}$/,
  phone: /^(?:\D*\d){5,}\D*$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'time-zone': /^(?:UTC|[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+)$/,
};

function fitFormat(format: string, { source, examples }: { source: Described; examples: readonly string[] }): ValueFit {
  if (examples.length === 0) return source.at.type === 'number' ? UNSURE : SURE;
  if (format === 'date-time') return fitInstant(source, examples);
  const pattern = PATTERNS[format];
  if (pattern === undefined) return SURE;
  if (examples.every((example) => pattern.test(example))) return ALIKE;
  const upper = format === 'currency' && examples.every((example) => /^[a-z]{3}$/.test(example));
  return upper ? { sure: true, alike: true, functions: [{ fn: 'text.upper', args: [] }] } : UNSURE;
}

/** Moments need their offset: written otherwise, or in seconds since 1970, or known to be UTC, a function brings it. */
function fitInstant(source: Described, examples: readonly string[]): ValueFit {
  const read = examples.map((example) => dateFromValue(source.at.type === 'number' ? Number(example) : example));
  const plausible = read.every((parts) => parts !== null && parts.year >= 2000 && parts.year < 2100 && parts.hasTime);
  if (!plausible) return UNSURE;
  const zoned = read.every((parts) => parts?.offset !== null);
  if (zoned && examples.every((example) => /(?:Z|[+-]\d{2}:\d{2})$/.test(example))) return ALIKE;
  if (zoned) return { sure: true, alike: true, functions: [{ fn: 'date.toIso', args: [] }] };
  const utc = source.own.includes('utc') && examples.every((example) => /T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/.test(example));
  return utc ? { sure: true, alike: true, functions: [{ fn: 'text.suffix', args: ['Z'] }] } : UNSURE;
}

/**
 * Whether whole numbers are likely to be cents. `around` names the object that holds the amount (`amount_money`), `currencies` are
 * examples of the currency beside it: systems that write it in small letters write cents.
 */
export function looksLikeCents({ at, own, around }: Described, currencies: readonly string[]): boolean {
  const examples = at.evidence?.examples ?? [];
  if (at.type !== 'number' || examples.length === 0 || !examples.every((example) => /^-?\d+$/.test(example))) return false;
  if (own.some((concept) => conceptsOf('quantity rate').includes(concept))) return false;
  return wordsOf(around).includes('money') || (currencies.length > 0 && currencies.every((code) => /^[a-z]{3}$/.test(code)));
}
