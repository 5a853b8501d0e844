import { FAINT, OPPOSITES } from '../vocabulary.ts';
import { strongOf, type Described } from './describe-field.ts';

/** What need not be said: an order's `order_number` is its number. `target` and `source` name the record or list around either side. */
export interface Given {
  target: ReadonlySet<string>;
  source: ReadonlySet<string>;
  /** Amounts here that name no side may stand for the one with tax. */
  totalsAreGross: boolean;
  /** The target tells addresses of billing and shipping apart. */
  twoAddresses: boolean;
}

export interface NameFit {
  /** 0 to 1.05; names written alike are above 1. */
  score: number;
  /** Both names say the same, nothing more and nothing less but what need not be said. */
  exact: boolean;
  /** Nothing had to be taken as given. */
  full: boolean;
}

/** A name that is written alike outdoes one that only means the same. */
export const LITERAL = 0.05;
const MISSING = 0.35;
const EXTRA = 0.22;
const OMITTED = 0.01;
const FAINTLY = 0.02;
const MOST_APART = 4;

/** What is said by what it stands beside: the part of an address, the mail address of whoever orders. */
const ADDRESS_PARTS = new Set(['street', 'street2', 'postcode', 'city', 'region', 'country']);
const REACHED_BY = new Set(['email', 'phone', 'loyalty']);
/** Beside one of these, “total”, “amount” and “cost” add nothing. */
const SIDES = new Set(['net', 'gross', 'tax', 'discount', 'refund', 'shipping', 'fee', 'tip']);
const SUMS = new Set(['total', 'amount', 'price', 'cost']);

/** How far two names speak of the same; null where they contradict each other or share nothing. */
export function fitNames(target: Described, source: Described, given: Given): NameFit | null {
  const fits = [target.own, target.alias].flatMap((own) => (own.length === 0 ? [] : [fitOne(own, { target, source, given })])).filter((fit) => fit !== null);
  if (fits.length === 0) return null;
  return fits.reduce((best, fit) => (Number(fit.exact) - Number(best.exact) || fit.score - best.score) > 0 ? fit : best);
}

interface Ends {
  target: Described;
  source: Described;
  given: Given;
}

function fitOne(own: readonly string[], { target, source, given }: Ends): NameFit | null {
  const wanted = new Set([...own, ...target.context]);
  const said = new Set([...source.own, ...source.context]);
  const shared = strongOf(own).some((concept) => said.has(concept)) || strongOf(source.own).some((concept) => wanted.has(concept));
  if (!shared) return null;
  const missing = [...wanted].filter((concept) => !said.has(concept) && !FAINT.has(concept));
  const extra = [...said].filter((concept) => !wanted.has(concept) && !FAINT.has(concept));
  // Names that far apart come to nothing, whatever else is weighed.
  if (missing.length > MOST_APART || extra.length > MOST_APART || contradict(wanted, said)) return null;
  let score = 1;
  let exact = true;
  const full = missing.length === 0 && extra.length === 0;
  for (const concept of missing) {
    if (given.source.has(concept) || given.target.has(concept)) score -= OMITTED;
    else if (SUMS.has(concept) && sided(wanted, said)) score -= FAINTLY;
    else if (concept === 'gross' && given.totalsAreGross && own.includes('total') && said.has('total')) score -= LITERAL + OMITTED;
    else if (concept === 'customer' && source.context.length === 0 && own.some((part) => REACHED_BY.has(part))) score -= LITERAL + OMITTED;
    else {
      score -= MISSING;
      exact = false;
    }
  }
  for (const concept of extra) {
    // What lies deeper is less likely to be meant: the quantity of a returned line, not that of the line it was ordered in.
    if (given.target.has(concept) || given.source.has(concept)) score -= source.context.includes(concept) ? LITERAL : OMITTED;
    else if (SUMS.has(concept) && sided(wanted, said)) score -= FAINTLY;
    else {
      // The one address of a customer is the one that gets the bill.
      score -= concept === 'billing' && !given.twoAddresses ? MISSING / 2 : EXTRA;
      exact = false;
    }
  }
  score -= FAINTLY * [...new Set([...wanted, ...said])].filter((concept) => FAINT.has(concept) && wanted.has(concept) !== said.has(concept)).length;
  if (lost(target, source) && !own.some((concept) => ADDRESS_PARTS.has(concept))) {
    score -= EXTRA;
    exact = false;
  }
  // `order_number` is as good a name for the number of an order as `number`.
  const qualified = exact && source.own.length > 1 && source.own.some((concept) => given.target.has(concept)) && (full || extra.length === 1);
  if (target.plain === source.plain) score += LITERAL;
  else if (qualified) score += LITERAL - 0.005;
  return score <= 0 ? null : { score, exact, full };
}

/** One of the two lies in an address, the other in none: a name or a phone number is another one there. */
function lost(target: Described, source: Described): boolean {
  const inAddress = (at: Described): boolean => at.context.includes('address') || at.context.includes('billing') || at.context.includes('shipping') || at.own.includes('billing') || at.own.includes('shipping');
  return inAddress(target) !== inAddress(source) && (target.context.includes('address') || source.context.includes('address'));
}

function sided(wanted: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  return [...wanted].some((concept) => SIDES.has(concept) && said.has(concept));
}

/** The groups of opposites a concept is in. */
const GROUPS = new Map<string, (readonly string[])[]>();
for (const group of OPPOSITES) for (const concept of group) GROUPS.set(concept, [...(GROUPS.get(concept) ?? []), group]);

/** One says billing where the other says shipping. */
function contradict(wanted: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  for (const concept of wanted) {
    if (said.has(concept)) continue;
    for (const group of GROUPS.get(concept) ?? []) {
      if (group.some((other) => said.has(other)) && !group.some((other) => wanted.has(other) && said.has(other))) return true;
    }
  }
  return false;
}
