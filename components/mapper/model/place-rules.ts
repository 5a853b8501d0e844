import { EACH, formatPath, parsePath, type Path } from '#engine/flow/path.ts';
import type { Mapping, MappingRule } from '#engine/mapping/mapping-schema.ts';
import { readArgument } from '../read-argument.ts';
import { formulaFields } from './formula-fields.ts';
import { absoluteSource, innerLevel, type Level, rootLevel } from './levels.ts';

/** A rule with its place in both trees. */
export interface PlacedRule {
  rule: MappingRule;
  level: Level;
  /** As people count: `3`, inside a pairing `3.1`. */
  number: string;
  /** Dotted place inside the mapping: `rules.2.source.rules.0`. */
  at: string;
  /** From the root, the closing `[]` of a list left out; null when it cannot be read (or nothing is entered yet). */
  target: string | null;
  steps: Path | null;
  /** Source fields from the root: the value's own first, then those of arguments, formulas and look-ups. */
  sources: readonly { path: string; role: 'value' | 'list' | 'argument' }[];
}

/** Every rule of a mapping, those of pairings behind them. */
export function placeRules(mapping: Mapping): PlacedRule[] {
  const placed: PlacedRule[] = [];
  walk(rootLevel(mapping.rules), { number: '', at: 'rules' }, placed);
  return placed;
}

function walk(level: Level, place: { number: string; at: string }, placed: PlacedRule[]): void {
  const around = `${formatPath(level.target)} ${level.source === null ? '?' : formatPath(level.source)} ${level.groupBy === null ? '' : formatPath(level.groupBy)} ${level.parent === null}`;
  level.rules.forEach((rule, index) => {
    const number = `${place.number}${index + 1}`;
    const at = `${place.at}.${index}`;
    placed.push({ rule, level, number, at, ...endsOf(rule, level, around) });
    const inner = innerLevel(rule, level);
    if (inner !== null) walk(inner, { number: `${number}.`, at: `${at}.source.rules` }, placed);
  });
}

type Ends = Pick<PlacedRule, 'target' | 'steps' | 'sources'>;

/** A key stroke changes one rule of hundreds: what was read of the others stays, while they lie where they lay. */
const read = new WeakMap<MappingRule, { around: string; parent: Level | null; ends: Ends }>();

function endsOf(rule: MappingRule, level: Level, around: string): Ends {
  const before = read.get(rule);
  // Inside a pairing, paths may reach outwards: there only the same surroundings will do.
  if (before !== undefined && before.around === around && (level.parent === null || before.parent === level.parent)) return before.ends;
  const ends = { ...targetOf(rule, level), sources: sourcesOf(rule, level) };
  read.set(rule, { around, parent: level.parent, ends });
  return ends;
}

function targetOf(rule: MappingRule, level: Level): Pick<PlacedRule, 'target' | 'steps'> {
  const own = parsePath(rule.target.trim());
  if (own === null || own.length === 0) return { target: null, steps: null };
  const steps = [...level.target, ...own];
  while (steps.at(-1) === EACH) steps.pop();
  return { target: formatPath(steps), steps };
}

function sourcesOf({ source, functions }: MappingRule, level: Level): PlacedRule['sources'] {
  const found: { path: string; role: 'value' | 'list' | 'argument' }[] = [];
  const add = (text: string, role: 'value' | 'list' | 'argument') => {
    const steps = text.trim() === '' && role !== 'list' ? null : absoluteSource(level, text);
    const path = steps === null ? null : formatPath(role === 'list' && steps.at(-1) === EACH ? steps.slice(0, -1) : steps);
    if (path !== null && !found.some((other) => other.path === path)) found.push({ path, role });
  };
  if (source.type === 'path') add(source.path, 'value');
  if (source.type === 'forEach') add(source.path, 'list');
  if (source.type === 'lookup') add(source.key, 'value');
  if (source.type === 'formula') for (const field of formulaFields(source.expression)) add(field, 'value');
  for (const argument of functions.flatMap(({ args }) => args)) {
    const read = readArgument(argument);
    if (read.kind === 'path') add(read.path, 'argument');
  }
  return found;
}
