import { isRecord, parseJson, stringifyJson, textOf, type Json, type JsonObject } from '../flow/json.ts';
import { answerQuestions, keysByTable, type TableRows } from './answer-questions.ts';
import { compileAsking, type CompiledAsking } from './compile-mapping.ts';
import { formulaRequest } from './formula-wire.ts';
import type { MappingError, RuleOutcome } from './frame.ts';
import type { Mapping } from './mapping-schema.ts';
import type { FormulaRunner } from './preview/formula-runner.ts';
import type { Questions } from './questions.ts';

/** What one rule gave on a sample. A rule inside lists has an outcome for each item, the first few of them kept. */
export interface RulePreview {
  outcomes: RuleOutcome[];
  /** All outcomes, also those not kept. */
  count: number;
  failed: number;
}

export interface MappingPreview {
  /** Everything that could be filled, also where other rules failed. */
  output: JsonObject;
  errors: MappingError[];
  /** By rule id; rules that did not run (their list was empty) have no entry. */
  rules: Record<string, RulePreview>;
}

/** Rows of the tables by key, as far as they are known: null for a table that does not exist, no entry for one that is being fetched. */
export type PreviewTables = ReadonlyMap<string, TableRows>;

export interface PreviewOptions {
  tables?: PreviewTables;
  /** What the formulas gave, in the order in which they were asked (`previewWithFormulas` does that); without it they are pending. */
  formulas?: readonly Json[] | null;
}

const KEPT = 20;

/**
 * Runs a mapping, finished or not, on one sample, with the same compiler as the engine. Formulas are shown as pending unless their
 * results are given.
 */
export function previewMapping(mapping: Mapping, data: Json, options: PreviewOptions = {}): MappingPreview {
  const compiled = compileAsking(mapping);
  return preview(compiled, { data, questions: compiled.asks?.of(data) ?? null }, options);
}

interface PreviewAllOptions {
  tables?: PreviewTables;
  formulas: FormulaRunner;
}

/** The same for several samples with the results of formulas, all of them asked in one task; `formulas` is the page's worker. */
export async function previewWithFormulas(mapping: Mapping, samples: readonly Json[], { tables, formulas }: PreviewAllOptions): Promise<MappingPreview[]> {
  const compiled = compileAsking(mapping);
  const { asks } = compiled;
  const asked = samples.map((data) => ({ data, questions: asks?.of(data) ?? null }));
  const requests = asked.map(({ questions }) => (questions === null ? null : formulaRequest(questions)));
  const answers = asks === null || asks.expressions.length === 0 ? null : await ask(formulas, asks.expressions, requests);
  return asked.map((one, at) => preview(compiled, one, { tables, formulas: answers?.[at] ?? failed(one.questions, 'unavailable') }));
}

/** Whether a preview of this mapping needs `previewWithFormulas`. */
export function hasFormulas(mapping: Mapping): boolean {
  return (compileAsking(mapping).asks?.expressions.length ?? 0) > 0;
}

/** The keys that samples ask of each table, so that only those rows need to be fetched. Tables nobody asks have an empty list. */
export function lookupsOf(mapping: Mapping, samples: readonly Json[]): Map<string, string[]> {
  const { asks } = compileAsking(mapping);
  if (asks === null) return new Map();
  const keys = keysByTable(samples.map((data) => asks.of(data)));
  return new Map(asks.tables.map((table) => [table, keys.get(table) ?? []]));
}

/** A table as it is stored, `[{ key, value }]`, by key; the last row of a key counts. */
export function tableRows(rows: Json): ReadonlyMap<string, Json> {
  const table = new Map<string, Json>();
  for (const row of Array.isArray(rows) ? rows : []) {
    if (isRecord(row) && row['key'] !== undefined && row['value'] !== undefined) table.set(textOf(row['key']), row['value']);
  }
  return table;
}

async function ask(runner: FormulaRunner, expressions: readonly string[], requests: readonly Json[]): Promise<Json[][] | null> {
  const asking = requests.flatMap((request) => request ?? []);
  const outcome = await runner.evaluate({ expressions, input: stringifyJson(asking) });
  if (!outcome.ok) return asking.map((request) => failedRequest(request, outcome.reason));
  try {
    const all = parseJson(outcome.output, { keys: Number.POSITIVE_INFINITY, depth: 110 });
    return Array.isArray(all) ? all.map((one) => (Array.isArray(one) ? one : [])) : null;
  } catch {
    // A result holds what no record may hold; the engine refuses it too.
    return asking.map((request) => failedRequest(request, 'function'));
  }
}

function failedRequest(request: Json, code: string): Json[] {
  const asked = isRecord(request) ? request['f'] : null;
  return (Array.isArray(asked) ? asked : []).map(() => [null, '', null, code]);
}

function failed(questions: Questions | null, code: string): Json[] {
  return (questions?.formulas ?? []).map(() => [null, '', null, code]);
}

function preview({ run, asks }: CompiledAsking, { data, questions }: { data: Json; questions: Questions | null }, { tables, formulas = null }: PreviewOptions): MappingPreview {
  const rules = new Map<string, RulePreview>();
  const answers = asks === null || questions === null ? null : answerQuestions(asks, questions, { formulas, rowsOf: (table) => tables?.get(table) });
  const { result, output } = run(
    data,
    (ruleId, outcome) => {
      const shown = rules.get(ruleId) ?? { outcomes: [], count: 0, failed: 0 };
      rules.set(ruleId, shown);
      shown.count += 1;
      if (outcome.state === 'failed') shown.failed += 1;
      if (shown.outcomes.length < KEPT) shown.outcomes.push(outcome);
    },
    answers,
  );
  return { output, errors: result.ok ? [] : result.errors, rules: Object.fromEntries(rules) };
}
