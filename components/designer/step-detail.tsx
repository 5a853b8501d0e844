'use client';

import { useTranslations } from 'next-intl';
import { StepLine } from '#components/canvas/step-line.tsx';
import { AnswerReason } from '#components/runs/answer-reason.tsx';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import type { TestStep } from '#server/views/test.ts';
import { CallCard } from './samples/call-card.tsx';
import { PortsData } from './samples/ports-data.tsx';
import { readRecords } from './samples/read-records.ts';
import { RecordList } from './samples/record-list.tsx';

/** What a test did at one node: failures in words, what was or would be sent, records in and out, logs. */
export function StepDetail({ step, node }: { step: TestStep; node: FlowNode }) {
  const t = useTranslations('designer.result');
  const failureText = useFailureText();
  return (
    <div className="flex flex-col gap-4">
      <div className="-mt-1 -mx-3 [&>p]:border-t-0">
        <StepLine step={step} />
      </div>
      {step.failures.length > 0 && (
        <Section title={t('failures')}>
          {step.failures.map((failure) => (
            <div key={failure.recordKey} className="rounded-md bg-failed-tint px-3 py-2 text-xs">
              <p className="font-medium text-failed">{failureText(failure)}</p>
              <p className="mt-0.5">{t(`class.${failure.class}`)}</p>
              {failure.message !== '' && <AnswerReason message={failure.message} className="mt-1 text-xs" />}
              <p className="mt-1 text-text-muted">{t('record', { key: failure.recordKey })}</p>
            </div>
          ))}
        </Section>
      )}
      {step.calls.length > 0 && (
        <Section title={t('calls')}>
          {step.calls.map((call, index) => (
            <CallCard key={index} call={call} />
          ))}
        </Section>
      )}
      <Section title={t('input')}>
        <RecordList records={Object.values(readRecords(step.inputText)).flat()} label={t('input')} />
      </Section>
      <Section title={t('output')}>
        <PortsData node={node} label={t('output')} ports={readRecords(step.outputsText)} />
      </Section>
      {step.logs.length > 0 && (
        <Section title={t('logs')}>
          <CodeBlock text={step.logs.join('\n')} wrap />
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-xs font-semibold">{title}</h3>
      {children}
    </section>
  );
}
