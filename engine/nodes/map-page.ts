import type { Json } from '../flow/json.ts';
import { answerQuestions, keysByTable, type TableRows } from '../mapping/answer-questions.ts';
import type { CompiledAsking, MappingResult } from '../mapping/compile-mapping.ts';
import { formulaRequest } from '../mapping/formula-wire.ts';
import type { Asks, Questions } from '../mapping/questions.ts';
import { evaluatePage } from './evaluate-page.ts';
import type { DataRecord, RecordFailure, StepOutput, StepPorts } from './step.ts';

/** For the formulas of a whole page; one that never ends costs this much, and the page is halved to find its record. */
const FORMULA_TIMEOUT_MS = 2_000;

interface Page {
  mapping: CompiledAsking;
  records: DataRecord[];
  ports: Pick<StepPorts, 'evaluate' | 'state'>;
}

/** Maps a page of records. What it has to ask is asked for all of them at once: each table one question, all formulas one call. */
export function mapPage({ mapping, records, ports }: Page): StepOutput | Promise<StepOutput> {
  const { asks, run } = mapping;
  if (asks !== null) return mapAsking({ mapping, records, ports }, asks);
  const output: StepOutput = { outputs: {}, failures: [] };
  const out: DataRecord[] = [];
  for (const record of records) put(record, run(record.data, null, null).result, { out, failures: output.failures });
  output.outputs['out'] = out;
  return output;
}

async function mapAsking({ mapping, records, ports }: Page, asks: Asks): Promise<StepOutput> {
  const questions = records.map(({ data }) => asks.of(data));
  const [tables, formulas] = await Promise.all([askTables(questions, ports), askFormulas({ asks, questions, records, ports })]);
  const out: DataRecord[] = [];
  const failures: RecordFailure[] = [];
  records.forEach((record, at) => {
    const asked = questions[at];
    const failure = formulas.failures.get(record.key);
    const table = asked?.lookups.find((lookup) => lookup.key !== null && tables.get(lookup.table) === null)?.table;
    if (asked === undefined) return;
    if (failure !== undefined) failures.push({ ...failure, record });
    // A table that is gone is the flow's fault, not the record's.
    else if (table !== undefined) failures.push({ record, class: 'bug', code: 'lookup_table_missing', message: table, params: { table } });
    else {
      const answers = answerQuestions(asks, asked, { formulas: formulas.results.get(record.key) ?? [], rowsOf: (name) => tables.get(name) });
      put(record, mapping.run(record.data, null, answers).result, { out, failures });
    }
  });
  return { outputs: { out }, failures };
}

async function askTables(questions: readonly Questions[], { state }: Page['ports']): Promise<Map<string, TableRows>> {
  const asked = [...keysByTable(questions)].filter(([, keys]) => keys.length > 0);
  const found = await Promise.all(
    asked.map(async ([table, keys]): Promise<[string, TableRows]> => {
      const answer = await state.lookup({ table, keys });
      if (!answer.found) return [table, null];
      return [table, new Map(keys.flatMap((key, at) => (answer.rows[at] == null ? [] : [[key, answer.rows[at]]])))];
    }),
  );
  return new Map(found);
}

interface Formulas {
  results: Map<string, Json[]>;
  failures: Map<string, RecordFailure>;
}

async function askFormulas({ asks, questions, records, ports }: { asks: Asks; questions: readonly Questions[] } & Omit<Page, 'mapping'>): Promise<Formulas> {
  const asking = records.flatMap(({ key }, at) => {
    const asked = questions[at];
    return asked === undefined || asked.formulas.length === 0 ? [] : [{ key, data: formulaRequest(asked) }];
  });
  if (asking.length === 0) return { results: new Map(), failures: new Map() };
  const results = new Map<string, Json[]>();
  const { failures } = await evaluatePage({
    language: 'jsonata-list',
    script: JSON.stringify(asks.expressions),
    timeoutMs: FORMULA_TIMEOUT_MS,
    records: asking,
    ports,
    apply({ key }, given) {
      results.set(key, given);
      return [];
    },
  });
  return { results, failures: new Map(failures.map((failure) => [failure.record.key, failure])) };
}

function put(record: DataRecord, result: MappingResult, { out, failures }: { out: DataRecord[]; failures: RecordFailure[] }): void {
  if (result.ok) {
    out.push({ key: record.key, data: result.value });
    return;
  }
  const [first] = result.errors;
  failures.push({
    record,
    class: 'data',
    code: 'mapping_failed',
    message: result.errors.map(({ target, code, params }) => `${target}: ${code}${'message' in params ? ` (${params['message']})` : ''}`).join('; '),
    params: { target: first?.target ?? '', reason: first?.code ?? '', count: result.errors.length },
  });
}
