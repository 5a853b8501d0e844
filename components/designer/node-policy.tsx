'use client';

import { ChevronRight, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FieldGroup } from '#components/schema-form/field-group.tsx';
import { SuggestInput } from '#components/schema-form/suggest-input.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { RETRY_ATTEMPTS } from '#engine/flow/check-settings.ts';
import { FAILURE_MATCH, type FlowNode, type NodePolicy } from '#engine/flow/document.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';

type FailureRule = NodePolicy['failures'][number];

const CLASSES: readonly FailureRule['class'][] = ['transient', 'limited', 'data', 'auth', 'bug', 'ignore'];
/** What people usually make an exception for; any status, family or code may be typed. */
const KNOWN = ['404', '409', '422', '4xx', '5xx', 'timeout', 'network'] as const;
const NO_RULES: readonly FailureRule[] = [];

/** What to do differently from the rule when this step fails. Folded away while nothing is. */
export function NodePolicySection({ node }: { node: FlowNode }) {
  const t = useTranslations('designer.policy');
  const store = useDesignerStore();
  const { policy } = node;
  const rules = policy?.failures ?? NO_RULES;
  const count = rules.length + (policy?.maxAttempts === undefined ? 0 : 1);
  const endGesture = () => store.getState().endGesture();
  const write = (next: NodePolicy) =>
    store.getState().apply({ type: 'setPolicy', nodeId: node.id, policy: next.failures.length === 0 && next.maxAttempts === undefined ? null : next }, `policy:${node.id}`);
  return (
    <details open={count > 0 || undefined} className="group/policy border-t border-border pt-3">
      <summary className="flex cursor-pointer list-none items-center gap-1 text-xs font-semibold hover:text-accent">
        <ChevronRight aria-hidden className="size-3.5 transition-transform duration-100 group-open/policy:rotate-90" />
        {t('title')}
        <span className="ml-auto font-normal text-text-muted">{count === 0 ? t('usual') : t('changed', { count })}</span>
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        <FailureRules
          rules={rules}
          onDone={endGesture}
          onChange={(failures) => write({ ...(policy?.maxAttempts !== undefined && { maxAttempts: policy.maxAttempts }), failures: [...failures] })}
        />
        <Attempts
          value={policy?.maxAttempts}
          onDone={endGesture}
          onChange={(maxAttempts) => write({ failures: [...rules], ...(maxAttempts !== undefined && { maxAttempts }) })}
        />
      </div>
    </details>
  );
}

interface FailureRulesProps {
  rules: readonly FailureRule[];
  onChange: (rules: readonly FailureRule[]) => void;
  onDone: () => void;
}

function FailureRules({ rules, onChange, onDone }: FailureRulesProps) {
  const t = useTranslations('designer.policy');
  const readOnly = useDesigner((state) => state.readOnly);
  // A row that is only being typed is no rule yet: the document takes readable ones only.
  const [draft, setDraft] = useState<FailureRule | null>(null);
  return (
    <FieldGroup label={t('failures')} help={t('failuresHelp')}>
      {rules.map((rule, index) => (
        // Rows have no identity of their own; they are never reordered.
        <RuleRow
          key={index}
          rule={rule}
          number={index + 1}
          onDone={onDone}
          onChange={(next) => onChange(rules.map((other, at) => (at === index ? next : other)))}
          onRemove={() => onChange(rules.filter((_, at) => at !== index))}
        />
      ))}
      {draft !== null && (
        <RuleRow
          key={rules.length}
          rule={draft}
          number={rules.length + 1}
          onDone={onDone}
          onChange={(next) => {
            setDraft(null);
            onChange([...rules, next]);
          }}
          onDraft={setDraft}
          onRemove={() => setDraft(null)}
        />
      )}
      {!readOnly && draft === null && rules.length < 20 && (
        <Button size="sm" variant="quiet" className="self-start" onClick={() => setDraft({ match: '', class: 'data' })}>
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </FieldGroup>
  );
}

interface RuleRowProps {
  rule: FailureRule;
  number: number;
  onChange: (rule: FailureRule) => void;
  /** Called while the failure cannot be read yet. */
  onDraft?: (rule: FailureRule) => void;
  onRemove: () => void;
  onDone: () => void;
}

function RuleRow({ rule, number, onChange, onDraft, onRemove, onDone }: RuleRowProps) {
  const t = useTranslations('designer.policy');
  const readOnly = useDesigner((state) => state.readOnly);
  const [text, setText] = useState(rule.match);
  const [seen, setSeen] = useState(rule.match);
  if (seen !== rule.match) {
    setSeen(rule.match);
    if (text.trim() !== rule.match) setText(rule.match);
  }
  const readable = FAILURE_MATCH.test(text.trim());
  return (
    <div role="group" aria-label={t('rule', { number })} className="flex flex-col gap-1 rounded-md border border-border p-1.5">
      <div className="flex items-center gap-1">
        <SuggestInput
          size="sm"
          mono
          aria-label={t('match', { number })}
          aria-invalid={text !== '' && !readable ? true : undefined}
          placeholder={t('matchPlaceholder')}
          readOnly={readOnly}
          value={text}
          suggestions={KNOWN.map((match) => ({ value: match, hint: t(`known.${match}`) }))}
          onValueChange={(next) => {
            setText(next);
            if (FAILURE_MATCH.test(next.trim())) onChange({ ...rule, match: next.trim() });
          }}
          onBlur={onDone}
        />
        {!readOnly && <IconButton size="sm" label={t('remove', { number })} icon={<Trash2 />} onClick={onRemove} />}
      </div>
      <Select
        size="sm"
        aria-label={t('class', { number })}
        disabled={readOnly}
        value={rule.class}
        options={CLASSES.map((value) => ({ value, label: t(`classes.${value}`) }))}
        onValueChange={(next) => {
          const chosen = CLASSES.find((value) => value === next);
          if (chosen === undefined) return;
          if (readable) onChange({ match: text.trim(), class: chosen });
          else onDraft?.({ match: '', class: chosen });
          onDone();
        }}
      />
      {text !== '' && !readable && <p className="text-xs text-failed">{t('unreadable')}</p>}
    </div>
  );
}

function Attempts({ value, onChange, onDone }: { value: number | undefined; onChange: (value: number | undefined) => void; onDone: () => void }) {
  const t = useTranslations('designer.policy');
  const readOnly = useDesigner((state) => state.readOnly);
  const usual = useDesigner((state) => state.doc.settings.retry.maxAttempts);
  const known = value === undefined ? '' : String(value);
  const [text, setText] = useState(known);
  const [seen, setSeen] = useState(known);
  if (seen !== known) {
    setSeen(known);
    setText(known);
  }
  const count = Number(text);
  const bad = text.trim() !== '' && !(Number.isInteger(count) && count >= RETRY_ATTEMPTS.min && count <= RETRY_ATTEMPTS.max);
  return (
    <Field label={t('attempts')} hint={t('attemptsHelp', { count: usual })} error={bad ? t('attemptsRange', RETRY_ATTEMPTS) : undefined}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          className="max-w-24"
          readOnly={readOnly}
          placeholder={String(usual)}
          value={text}
          onBlur={onDone}
          onChange={(event) => {
            const next = event.target.value;
            setText(next);
            const number = Number(next);
            if (next.trim() === '') onChange(undefined);
            else if (Number.isInteger(number) && number >= RETRY_ATTEMPTS.min && number <= RETRY_ATTEMPTS.max) onChange(number);
          }}
        />
      )}
    </Field>
  );
}
