import type { Meaning, MoneyMeaning } from '../retail/meaning.ts';
import { conceptsOf } from './concepts.ts';
import { placeFields, type PlacedField } from './field-paths.ts';
import type { SchemaDoc, SchemaField } from './schema-doc.ts';
import { isNumericFormat } from './value-format.ts';

const MONEY = ['price', 'total', 'subtotal', 'cost', 'compareAt', 'fee', 'tip', 'discount', 'amount', 'tax', 'refund', 'net', 'gross'];
const NO_MONEY = ['rate', 'id', 'weight', 'points', 'quantity', 'percent', 'number', 'code', 'exchange', 'stock', 'used', 'limit', 'taxId', 'index'];

/**
 * The schema with a meaning on the fields whose names leave little doubt, marked `meaningGuessed`. The tax side of an
 * amount is only taken from words that say it; a guess never decides between case and piece.
 */
export function guessMeanings(doc: SchemaDoc): SchemaDoc {
  const placed = placeFields(doc);
  const guesses = new Map<SchemaField, Meaning>();
  const currencies = placed.filter(holdsCurrency);
  for (const place of placed) {
    if (place.field.meaning !== undefined) continue;
    const guess = guessMeaning(place, currencies);
    if (guess !== null) guesses.set(place.field, guess);
  }
  const marked = (fields: readonly SchemaField[]): SchemaField[] =>
    fields.map((field) => {
      const meaning = guesses.get(field);
      return {
        ...field,
        ...(meaning === undefined ? {} : { meaning, meaningGuessed: true }),
        ...(field.fields === undefined ? {} : { fields: marked(field.fields) }),
      };
    });
  return { ...doc, fields: marked(doc.fields) };
}

function guessMeaning(place: PlacedField, currencies: readonly PlacedField[]): Meaning | null {
  const { field, parents } = place;
  const own = conceptsOf(field.name);
  const numeric = field.type === 'number' || (field.type === 'text' && isNumericFormat(field.format));
  if (!numeric) return field.type === 'text' ? guessTime(field, own) : null;
  const parent = parents.at(-1);
  // `total_money.amount`: the object around it says what the amount is.
  const said = own.every((concept) => concept === 'amount') && parent?.type === 'object' ? [...own, ...conceptsOf(parent.name)] : own;
  if (said.includes('points')) return { kind: 'points' };
  if (said.includes('change') && (said.includes('stock') || said.includes('available') || said.includes('quantity'))) {
    return { kind: 'stock', as: 'delta' };
  }
  if (said.includes('stock') || said.includes('onHand') || said.includes('available')) return { kind: 'stock', as: 'absolute' };
  if (said.includes('quantity')) {
    const unit = said.includes('case') ? 'case' : said.includes('piece') ? 'piece' : '';
    return { kind: 'quantity', unit };
  }
  if (!said.some((concept) => MONEY.includes(concept)) || said.some((concept) => NO_MONEY.includes(concept))) return null;
  const currency = nearestCurrency(place, currencies);
  // A bare "amount" or "total" without a currency anywhere may count anything.
  return currency === null && field.format !== 'decimal' ? null : moneyOf(said, currency);
}

function guessTime({ format }: SchemaField, own: readonly string[]): Meaning | null {
  if (format === 'date-time') return { kind: 'instant' };
  return format === 'date' && (own.includes('business') || own.includes('placed')) ? { kind: 'businessDay', zone: '' } : null;
}

function moneyOf(said: readonly string[], currencyField: string | null): MoneyMeaning {
  const tax = said.includes('net') ? 'net' : said.includes('gross') ? 'gross' : said.includes('tax') ? 'tax' : 'unknown';
  return { kind: 'money', tax, ...(currencyField === null ? {} : { currencyField }) };
}

/** `currencyId` and an exchange rate speak of a currency and hold none. */
function holdsCurrency({ field }: PlacedField): boolean {
  const own = conceptsOf(field.name);
  return field.type === 'text' && own.includes('currency') && !own.some((concept) => NO_MONEY.includes(concept));
}

/** The currency beside the field, else that of the nearest object around it. */
function nearestCurrency({ steps }: PlacedField, currencies: readonly PlacedField[]): string | null {
  let best: PlacedField | null = null;
  for (const currency of currencies) {
    const around = currency.steps.slice(0, -1);
    if (!around.every((step, at) => steps[at] === step)) continue;
    const nearer = best === null || around.length > best.steps.length - 1;
    if (nearer || (best !== null && around.length === best.steps.length - 1 && isPlainer(currency, best))) best = currency;
  }
  return best?.path ?? null;
}

/** Of two beside each other, that which holds codes; else that which says less: `currency` before `presentment_currency`. */
function isPlainer({ field }: PlacedField, { field: other }: PlacedField): boolean {
  const [codes, otherCodes] = [field.format === 'currency', other.format === 'currency'];
  return codes === otherCodes ? field.name.length < other.name.length : codes;
}
