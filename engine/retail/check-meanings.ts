import type { ProblemCode } from '../flow/problem-codes.ts';
import { parsePath } from '../flow/path.ts';
import type { Mapping, MappingRule } from '../mapping/mapping-schema.ts';
import { fieldAt } from '../schema/field-paths.ts';
import type { SchemaDoc } from '../schema/schema-doc.ts';
import { compareMeanings } from './compare-meanings.ts';
import { currencyOf, type Known, type Misuse } from './function-meaning.ts';
import type { MoneyMeaning } from './meaning.ts';
import { absolutePath, levelInside, meaningOfRule, type MeaningLevel, type Schemas } from './meaning-of-rule.ts';

/** A value about to land where its meaning does not fit; text at `problems.<code>`. */
export interface MeaningFault {
  code: ProblemCode;
  /** `warning` where a meaning was only guessed from a name. */
  severity: 'error' | 'warning';
  /** Dotted place inside the mapping: `rules.3.source.rules.0.source`. */
  field: string;
  params: Record<string, string | number>;
}

interface Placed {
  rule: MappingRule;
  level: MeaningLevel;
  field: string;
  /** From the root of the output, without positions: the key of the field it fills. */
  key: string;
  target: string;
}

/**
 * The classic mistakes of retail integration, found before they cost money: an amount without its currency or beside
 * another one, two currencies added, net as gross, points as money, cases as pieces, a stock as a change, a moment as a
 * day of a store's books. Fields without a meaning, formulas, lookups and fixed values are trusted.
 */
export function checkMeanings(mapping: Mapping, source: SchemaDoc | null, target: SchemaDoc | null): MeaningFault[] {
  const schemas: Schemas = { source, target };
  const placed = placeRules(mapping.rules, 'rules', { source: [], target: [], outer: null });
  const filling = Map.groupBy(placed, ({ key }) => key);
  return placed.flatMap((place) => checkRule(place, filling, schemas));
}

function placeRules(rules: readonly MappingRule[], field: string, level: MeaningLevel): Placed[] {
  return rules.flatMap((rule, index): Placed[] => {
    const at = `${field}.${index}`;
    if (rule.source.type === 'forEach') {
      const inside = levelInside(level, rule.source.path, rule.target);
      return inside === null ? [] : placeRules(rule.source.rules, `${at}.source.rules`, inside);
    }
    const target = absolutePath(rule.target, level, 'target');
    return target === null ? [] : [{ rule, level, field: `${at}.source`, key: keyOf(target), target }];
  });
}

function checkRule(place: Placed, filling: ReadonlyMap<string, readonly Placed[]>, schemas: Schemas): MeaningFault[] {
  const { rule, level, field, target } = place;
  const { known, misuse } = meaningOfRule(rule, level, schemas);
  if (misuse !== null) return [faultOfMisuse(misuse, place)];
  const wanted = schemas.target === null ? undefined : fieldAt(schemas.target, target);
  if (wanted?.meaning === undefined) return [];
  const severity = known.guessed || wanted.meaningGuessed === true ? 'warning' : 'error';
  if (known.meaning !== null) {
    const code = compareMeanings(known.meaning, wanted.meaning);
    if (code !== null) return [{ code, severity, field, params: { target, source: known.name, ...unitsOf(known, wanted.meaning) } }];
  }
  return wanted.meaning.kind === 'money' ? checkCurrency(place, { known, wanted: wanted.meaning, filling }) : [];
}

interface CurrencyCheck {
  known: Known;
  wanted: MoneyMeaning;
  /** What fills a field, by its key. */
  filling: ReadonlyMap<string, readonly Placed[]>;
}

function checkCurrency({ field, target }: Placed, { known, wanted, filling }: CurrencyCheck): MeaningFault[] {
  const severity = known.guessed ? 'warning' : 'error';
  const given = known.meaning?.kind === 'money' ? currencyOf(known.meaning) : null;
  if (wanted.currencyField === undefined) {
    if (wanted.currency === undefined || given === null || known.meaning?.kind !== 'money' || known.meaning.currency === undefined) return [];
    if (known.meaning.currency === wanted.currency) return [];
    return [{ code: 'meaning_currency_other', severity, field, params: { target, currency: given, used: wanted.currency } }];
  }
  const currency = wanted.currencyField;
  const fillers = filling.get(keyOf(currency)) ?? [];
  if (fillers.length === 0) return [{ code: 'meaning_currency_missing', severity: 'error', field, params: { target, currency } }];
  if (given === null) return [];
  const used = fillers.map((filler) => currencyWritten(filler));
  // One filler of unknown origin (a lookup, a formula) may well write the right one.
  if (used.some((one) => one === null || keyOf(one) === keyOf(given))) return [];
  // A fixed code beside a field, or a field beside a fixed code, cannot be compared here.
  const comparable = used.filter((one) => one !== null && isCode(one) === isCode(given));
  const [other] = comparable;
  if (other === undefined || other === null) return [];
  return [{ code: 'meaning_currency_other', severity, field, params: { target, currency: given, used: other } }];
}

/** The field or the code that the currency is taken from; null where that is not known. */
function currencyWritten({ rule, level }: Placed): string | null {
  if (rule.source.type === 'constant') return typeof rule.source.value === 'string' ? rule.source.value.toUpperCase() : null;
  return rule.source.type === 'path' ? absolutePath(rule.source.path, level, 'source') : null;
}

function isCode(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency);
}

function faultOfMisuse({ code, first, second }: Misuse, { field, target }: Placed): MeaningFault {
  const [from, to] = [first.meaning, second.meaning];
  const units: Record<string, string> =
    from?.kind === 'quantity' && to?.kind === 'quantity' ? { source: first.name, from: from.unit, to: to.unit } : { first: first.name, second: second.name };
  return { code, severity: first.guessed || second.guessed ? 'warning' : 'error', field, params: { target, ...units } };
}

function unitsOf({ meaning }: Known, wanted: { kind: string; unit?: string }): Record<string, string> {
  return meaning?.kind === 'quantity' && wanted.unit !== undefined ? { from: meaning.unit, to: wanted.unit } : {};
}

/** Names only: `lines[0].price` and `lines[].price` are one field. */
function keyOf(path: string): string {
  return JSON.stringify((parsePath(path) ?? [path]).filter((step) => typeof step === 'string'));
}
