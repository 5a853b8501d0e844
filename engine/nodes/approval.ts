import { z } from 'zod';
import { isForbiddenKey } from '../flow/json-scan.ts';
import type { Json } from '../flow/json.ts';
import { compileTemplate, type Template } from '../flow/template.ts';
import { checkTemplate, errorIn } from './checks.ts';
import { checkDuration } from './duration.ts';
import { mapLimited } from './map-limited.ts';
import { defineNode } from './node-kind.ts';
import type { ApprovalAnswer, DataRecord, StepOutput } from './step.ts';
import { withRest } from './with-rest.ts';

export const APPROVAL_HOURS = { min: 1, max: 24 * 30 };
const AT_ONCE = 8;

const config = z.strictObject({
  title: z.string().max(200).meta({ field: { kind: 'text', template: true, help: true, placeholder: 'Refund of {{refund.amount}}' } }),
  detail: z.string().max(5_000).meta({ field: { kind: 'textarea', template: true, help: true } }),
  timeoutHours: z.number().meta({ field: { kind: 'duration', help: true, ...APPROVAL_HOURS, unit: 'hours' } }),
  /** Field that takes who decided, and the note. */
  field: z
    .string()
    .max(100)
    .optional()
    .meta({ field: { kind: 'text', help: true, advanced: true, placeholder: 'approval' } }),
});

export type ApprovalConfig = z.infer<typeof config>;
interface PreparedApproval {
  title: Template | null;
  detail: Template | null;
}

/** Asks a person, and goes on by the answer; no answer in time is a way of its own. */
export const approval = defineNode<ApprovalConfig, PreparedApproval>({
  kind: 'approval',
  version: 1,
  group: 'timing',
  icon: 'user-check',
  config,
  initial: () => ({ title: '', detail: '', timeoutHours: 48, field: 'approval' }),
  ports: () => ({
    inputs: [{ id: 'in', type: 'record' }],
    outputs: [
      { id: 'approved', type: 'record' },
      { id: 'rejected', type: 'record' },
      { id: 'timeout', type: 'record' },
    ],
  }),
  summary: ({ title }) => (title.trim() === '' ? { key: 'empty' } : { key: 'title', params: { title } }),
  check({ title, detail, timeoutHours, field = '' }, scope) {
    const problems = title.trim() === '' ? [errorIn(scope, 'approval_title_empty', { field: 'title' })] : checkTemplate(scope, 'title', title);
    problems.push(...checkTemplate(scope, 'detail', detail));
    problems.push(...checkDuration(scope, { field: 'timeoutHours', value: timeoutHours, ...APPROVAL_HOURS }));
    if (isForbiddenKey(field.trim())) problems.push(errorIn(scope, 'keep_invalid', { field: 'field', params: { path: field } }));
    return problems;
  },
  prepare: ({ title, detail }) => ({ title: templateOf(title), detail: templateOf(detail) }),
  effect: 'state',
  async execute({ config: { title, detail, timeoutHours, field = '' }, prepared, records, ports, event }) {
    const answers = await mapLimited(records, AT_ONCE, async (record): Promise<ApprovalAnswer> => {
      const now = ports.now();
      if (event.test) return { state: 'approved', by: 'test', note: '', at: now };
      const begun = Number(await ports.state.remember(record.key, now));
      return ports.state.approval({
        recordKey: record.key,
        title: prepared.title?.render(record.data) ?? title,
        detail: prepared.detail?.render(record.data) ?? detail,
        data: record.data,
        timeoutAt: begun + timeoutHours * 3_600_000,
      });
    });
    const output: StepOutput = { outputs: { approved: [], rejected: [], timeout: [] }, failures: [], holds: [] };
    records.forEach((record, index) => {
      const answer = answers[index];
      if (answer === undefined) return;
      if (answer.state === 'open') output.holds?.push({ record, reason: 'approval', until: answer.until });
      else output.outputs[answer.state]?.push(decided(record, field.trim(), answer));
    });
    if (event.test && records.length > 0) output.logs = [`test: approved without asking, records: ${records.length}`];
    return output;
  },
});

function decided(record: DataRecord, field: string, answer: ApprovalAnswer): DataRecord {
  if (field === '' || answer.state === 'open') return record;
  const decision: Json =
    answer.state === 'timeout'
      ? { state: answer.state }
      : { state: answer.state, by: answer.by, note: answer.note, at: new Date(answer.at).toISOString() };
  return { key: record.key, data: withRest(record.data, field, decision) };
}

function templateOf(text: string): Template | null {
  const result = compileTemplate(text);
  return result.ok ? result.template : null;
}
