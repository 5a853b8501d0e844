import { EACH, formatPath, parsePath, type Path } from '#engine/flow/path.ts';
import type { Mapping, MappingFunction, MappingRule } from '#engine/mapping/mapping-schema.ts';
import type { FieldType } from '#engine/schema/schema-doc.ts';
import { newListRule, newRule } from '../edit-rules.ts';
import { innerLevel, type Level, relativeList, relativeSource, restAfter, rootLevel } from './levels.ts';

export interface Ends {
  source: { path: string; type: FieldType; records: boolean };
  target: { path: string; type: FieldType; records: boolean };
  /** Functions of a suggestion; absent: those that the types ask for. */
  functions?: MappingFunction[];
}

/** `unpaired`: the target lies in a list, the source in none that could be paired with it. `shape`: one value cannot fill a group of fields. */
export type ConnectRefusal = 'unpaired' | 'shape' | 'unreadable';

export type ConnectResult = { ok: true; mapping: Mapping; ruleId: string } | { ok: false; reason: ConnectRefusal };

/**
 * Draws a line: the rule it stands for is made, or gets the new source. Between two lists it makes a pairing; a field
 * of a list drawn into a field of another list pairs the two on the way.
 */
export function connect(mapping: Mapping, ends: Ends): ConnectResult {
  const source = parsePath(ends.source.path);
  const target = parsePath(ends.target.path);
  if (source === null || target === null || target.length === 0) return { ok: false, reason: 'unreadable' };
  const pairing = ends.source.type === 'list' && (ends.target.type === 'list' || ends.target.type === 'any') && (ends.target.records || ends.source.records);
  const container = ends.target.type === 'object' || ends.target.records;
  if (!pairing && container && ends.source.type !== 'object' && ends.source.type !== 'list' && ends.source.type !== 'any') return { ok: false, reason: 'shape' };
  const result = put(rootLevel(mapping.rules), { source, target, pairing, ends });
  return typeof result === 'string' ? { ok: false, reason: result } : { ok: true, mapping: { rules: result.rules }, ruleId: result.ruleId };
}

interface Plan {
  source: Path;
  target: Path;
  pairing: boolean;
  ends: Ends;
}

type Put = { rules: MappingRule[]; ruleId: string } | ConnectRefusal;

function put(level: Level, plan: Plan): Put {
  const rest = plan.target.slice(level.target.length);
  const each = rest.indexOf(EACH);
  if (each < 0) return putHere(level, rest, plan);
  const list = rest.slice(0, each + 1);
  const name = formatPath(list);
  const present = level.rules.find((rule) => rule.source.type === 'forEach' && rule.target.trim() === name);
  // A pairing added by its name alone has no source list yet: it gets one like a new one.
  const known = present?.source.type === 'forEach' && present.source.path.trim() !== '' ? present : undefined;
  const made = known === undefined ? newPair(level, rest, plan) : null;
  const pair = known ?? (made?.source.type === 'forEach' && present?.source.type === 'forEach' ? { ...present, source: { ...present.source, path: made.source.path } } : (made ?? present));
  if (pair === undefined) return 'unpaired';
  const inner = innerLevel(pair, level);
  const result = inner === null ? 'unreadable' : put(inner, plan);
  if (typeof result === 'string' || pair.source.type !== 'forEach') return typeof result === 'string' ? result : 'unreadable';
  const next: MappingRule = { ...pair, source: { ...pair.source, rules: result.rules } };
  return { rules: present === undefined ? [...level.rules, next] : level.rules.map((rule) => (rule === present ? next : rule)), ruleId: result.ruleId };
}

/** A pairing for the outermost list of the target that has none yet: with the list of the source that leaves one for each list further in. */
function newPair(level: Level, rest: Path, { source }: Plan): MappingRule | null {
  const wanted = rest.filter((step) => step === EACH).length;
  const lists = listsOf(source).filter((steps) => level.source !== null && steps.length >= level.source.length && restAfter(level.source, steps) !== null);
  const chosen = lists[Math.max(0, lists.length - wanted)];
  const path = chosen === undefined ? null : relativeList(level, chosen);
  return path === null ? null : newListRule(path, formatPath(rest.slice(0, rest.indexOf(EACH) + 1)), []);
}

/** The lists around a field, the outermost first. */
function listsOf(steps: Path): Path[] {
  return steps.flatMap((step, at) => (step === EACH ? [steps.slice(0, at)] : []));
}

function putHere(level: Level, rest: Path, { source, pairing, ends }: Plan): Put {
  const path = pairing ? relativeList(level, source) : relativeSource(level, source);
  if (path === null) return 'unreadable';
  const target = formatPath(rest);
  const name = pairing ? `${target}[]` : target;
  const present = level.rules.find((rule) => rule.target.trim() === name || (pairing && rule.target.trim() === target));
  if (pairing) {
    const before = present?.source.type === 'forEach' ? present.source : null;
    const made = present === undefined ? newListRule(path, name, []) : { ...present, target: name, functions: [], source: before === null ? { type: 'forEach' as const, path, rules: [] } : { ...before, path } };
    return upsert(level, present, made);
  }
  // The item itself has no name a rule could call it by.
  if (path === '' || path.endsWith('^.')) return 'unreadable';
  const functions = ends.functions ?? fittingFunctions(ends, path);
  const made: MappingRule = present === undefined ? { ...newRule(path, name), functions } : { ...present, source: { type: 'path', path }, functions: present.functions.length > 0 ? present.functions : functions };
  return upsert(level, present, made);
}

function upsert(level: Level, present: MappingRule | undefined, made: MappingRule): Put {
  return { rules: present === undefined ? [...level.rules, made] : level.rules.map((rule) => (rule === present ? made : rule)), ruleId: made.id };
}

/** What turns a value of one type into one of another, visible as a chip: many values into one, text into a number. */
function fittingFunctions({ source, target }: Ends, path: string): MappingFunction[] {
  const many = path.includes('[]') && target.type !== 'list' && target.type !== 'any';
  const functions: MappingFunction[] = [];
  if (many) functions.push({ fn: target.type === 'number' ? 'list.sum' : 'list.first', args: [] });
  if (many && target.type === 'number') return functions;
  if (source.type === 'text' && target.type === 'number') functions.push({ fn: 'convert.toNumber', args: [] });
  if (source.type === 'text' && target.type === 'boolean') functions.push({ fn: 'convert.toBoolean', args: [] });
  if ((source.type === 'number' || source.type === 'boolean') && target.type === 'text') functions.push({ fn: 'convert.toText', args: [] });
  return functions;
}

/** Adds a rule by its target from the root, inside the pairing it lies in. Null: that list is not paired, or the target cannot be read. */
export function addRuleAt(mapping: Mapping, target: string, make: (target: string) => MappingRule): { mapping: Mapping; ruleId: string } | null {
  const steps = parsePath(target.trim());
  const added = steps === null || steps.length === 0 ? null : addAt(rootLevel(mapping.rules), steps, make);
  return added === null ? null : { mapping: { rules: added.rules }, ruleId: added.ruleId };
}

function addAt(level: Level, steps: Path, make: (target: string) => MappingRule): { rules: MappingRule[]; ruleId: string } | null {
  const rest = steps.slice(level.target.length);
  const each = rest.indexOf(EACH);
  if (each < 0 || each === rest.length - 1) {
    const rule = make(formatPath(rest));
    return { rules: [...level.rules, rule], ruleId: rule.id };
  }
  const name = formatPath(rest.slice(0, each + 1));
  const pair = level.rules.find((rule) => rule.source.type === 'forEach' && rule.target.trim() === name);
  const inner = pair === undefined ? null : innerLevel(pair, level);
  const added = inner === null ? null : addAt(inner, steps, make);
  if (added === null || pair?.source.type !== 'forEach') return null;
  const next: MappingRule = { ...pair, source: { ...pair.source, rules: added.rules } };
  return { rules: level.rules.map((rule) => (rule === pair ? next : rule)), ruleId: added.ruleId };
}
