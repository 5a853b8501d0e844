import type { Json, JsonObject } from '../flow/json.ts';
import type { Answers } from './answers.ts';
import { compileFunction, type Apply } from './compile-functions.ts';
import { compileAnswered, Settled, type Ask, type Slots } from './compile-answered.ts';
import { compileItems } from './compile-items.ts';
import { compileDataPath, compileTargetPath, parseScopedPath } from './compile-path.ts';
import { compileTarget, parseTarget } from './compile-target.ts';
import { placeOf, type Frame, type Get, type MappingError, type Trace } from './frame.ts';
import { MappingFault } from './mapping-fault.ts';
import type { ForEachSource, Mapping, MappingRule } from './mapping-schema.ts';
import { Asking, type Asks } from './questions.ts';
import { compileRulesOn } from './rules.ts';

export type MappingResult = { ok: true; value: JsonObject } | { ok: false; errors: MappingError[] };

export type CompiledMapping = (data: Json, answers?: Answers) => MappingResult;

/** A mapping of which formulas and lookups are asked before a record is mapped. */
export interface CompiledAsking {
  run: (data: Json, trace: Trace | null, answers: Answers | null) => { result: MappingResult; output: JsonObject };
  /** Null: it asks nothing. */
  asks: Asks | null;
}

type RunRule = (frame: Frame) => void;

interface Compiled {
  run: RunRule;
  /** Puts down what the rule has to ask; null when nothing in it asks. */
  ask: Ask | null;
}

interface Source {
  get: Get;
  ask: Ask | null;
}

const MAX_ERRORS = 100;
const MAX_DEPTH = 10;

/**
 * Compiles a mapping to closures; no text of a consultant is ever evaluated. Never throws: a rule that is unfinished
 * fails for every record, the others still run.
 *
 * Measured figures: see `referenceOrderMapping`.
 */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const { run } = compileAsking(mapping);
  return (data, answers) => run(data, null, answers ?? null).result;
}

/**
 * The same with a listener to every rule's result, and what it has to ask; `output` holds what could be filled even where rules
 * failed.
 */
export function compileAsking(mapping: Mapping): CompiledAsking {
  const slots: Slots = { expressions: [], tables: new Set(), count: 0 };
  const rules = mapping.rules.map((rule) => compileRule(rule, 0, slots));
  const runs = rules.map(({ run }) => run);
  const asking = rules.flatMap(({ ask }) => ask ?? []);
  return {
    run: (data, trace, answers) => {
      const errors: MappingError[] = [];
      const output: JsonObject = {};
      const frame: Frame = { data, output, index: 0, parent: null, owner: '', shared: { errors, trace, answers } };
      for (const run of runs) run(frame);
      return { result: errors.length === 0 ? { ok: true, value: output } : { ok: false, errors }, output };
    },
    asks:
      asking.length === 0
        ? null
        : {
            expressions: slots.expressions,
            tables: [...slots.tables],
            slots: slots.count,
            of(data) {
              const put = new Asking();
              const frame: Frame = { data, output: {}, index: 0, parent: null, owner: '', shared: { errors: [], trace: null, answers: null } };
              for (const ask of asking) ask(frame, put);
              return put.questions;
            },
          },
  };
}

function compileRule(rule: MappingRule, depth: number, slots: Slots): Compiled {
  const { id: ruleId, onMissing, source } = rule;
  const path = parseTarget(rule.target, source.type === 'forEach');
  const from = depth > MAX_DEPTH ? null : compileSource(rule, depth, slots);
  const functions = compileFunctions(rule);
  if (path === null || from === null || functions === null) {
    return { run: (frame) => fail(frame, rule, new MappingFault('rule_unfinished')), ask: null };
  }
  const { get, ask } = from;
  const write = compileTarget(path);
  const when = rule.when === undefined ? null : compileRulesOn(rule.when, whenGetter);
  const replacement = typeof onMissing === 'object' ? onMissing.default : null;
  // A constant null is meant; anything else that is null is missing.
  const nullIsMissing = source.type !== 'constant' || functions.length > 0;

  function fill(frame: Frame): void {
    let value = get(frame);
    for (const apply of functions ?? []) {
      if (value === undefined || value === null) break;
      value = apply(value, frame);
    }
    const { trace } = frame.shared;
    if (value === undefined || (value === null && nullIsMissing)) {
      if (onMissing === 'fail') throw new MappingFault('missing');
      if (onMissing === 'skip') {
        trace?.(ruleId, { state: 'skipped', reason: 'missing' });
        return;
      }
      value = replacement;
    }
    write(frame.output, value);
    trace?.(ruleId, { state: 'filled', value });
  }

  function run(frame: Frame): void {
    if (when !== null && !when(frame)) {
      frame.shared.trace?.(ruleId, { state: 'skipped', reason: 'when' });
      return;
    }
    try {
      fill(frame);
    } catch (error) {
      end(frame, error);
    }
  }

  function end(frame: Frame, error: unknown): void {
    if (error instanceof MappingFault) return fail(frame, rule, error);
    if (!(error instanceof Settled)) throw error;
    try {
      settle(frame, error);
    } catch (fault) {
      end(frame, fault);
    }
  }

  /** A default of a lookup, or nothing: functions are not applied to it. */
  function settle({ output, shared }: Frame, { reason, value }: Settled): void {
    if (value !== undefined) write(output, value);
    shared.trace?.(ruleId, value === undefined ? { state: 'skipped', reason } : { state: 'filled', value });
  }

  return { run, ask: ask !== null && when !== null ? (frame, put) => void (when(frame) && ask(frame, put)) : ask };
}

function fail(frame: Frame, { id: ruleId, target }: MappingRule, { code, params }: MappingFault): void {
  const { errors, trace } = frame.shared;
  const error: MappingError = { ruleId, target: placeOf(frame, target), code, params };
  if (errors.length < MAX_ERRORS) errors.push(error);
  trace?.(ruleId, { state: 'failed', error });
}

function compileFunctions({ functions }: MappingRule): Apply[] | null {
  const compiled: Apply[] = [];
  for (const entry of functions) {
    const apply = compileFunction(entry);
    if (apply === null) return null;
    compiled.push(apply);
  }
  return compiled;
}

function compileSource(rule: MappingRule, depth: number, slots: Slots): Source | null {
  const { source } = rule;
  switch (source.type) {
    case 'constant':
      return { get: () => source.value, ask: null };
    case 'index':
      return { get: (frame) => frame.index, ask: null };
    case 'path':
    case 'target': {
      const path = source.path.trim() === '' ? null : parseScopedPath(source.path);
      if (path === null) return null;
      return { get: source.type === 'path' ? compileDataPath(path) : compileTargetPath(path), ask: null };
    }
    case 'formula':
    case 'lookup':
      return compileAnswered(source, slots);
    case 'forEach':
      return compileForEach(rule, source, { depth, slots });
  }
}

function compileForEach({ target }: MappingRule, source: ForEachSource, { depth, slots }: { depth: number; slots: Slots }): Source | null {
  const itemsOf = compileItems(source);
  if (itemsOf === null) return null;
  const rules = source.rules.map((rule) => compileRule(rule, depth + 1, slots));
  const runs = rules.map(({ run }) => run);
  const asking = rules.flatMap(({ ask }) => ask ?? []);

  function get(frame: Frame): Json | undefined {
    const list = itemsOf?.(frame);
    if (list === undefined) return undefined;
    const items: Json[] = [];
    for (let index = 0; index < list.length; index += 1) {
      const output: JsonObject = {};
      const item: Frame = { data: list[index] ?? null, output, index, parent: frame, owner: target, shared: frame.shared };
      for (const run of runs) run(item);
      items.push(output);
    }
    return items;
  }

  function ask(frame: Frame, put: Asking): void {
    itemsIn(frame)?.forEach((data, index) => {
      const item: Frame = { data, output: {}, index, parent: frame, owner: target, shared: frame.shared };
      for (const each of asking) each(item, put);
    });
  }

  function itemsIn(frame: Frame): readonly Json[] | undefined {
    try {
      return itemsOf?.(frame);
    } catch (error) {
      if (error instanceof MappingFault) return undefined;
      throw error;
    }
  }

  return { get, ask: asking.length === 0 ? null : ask };
}

function whenGetter(path: string): Get {
  const parsed = parseScopedPath(path);
  return parsed === null ? () => undefined : compileDataPath(parsed);
}
