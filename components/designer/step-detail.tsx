'use client';

import { useTranslations } from 'next-intl';
import { StepLine } from '#components/canvas/step-line.tsx';
import { AnswerReason } from '#components/runs/answer-reason.tsx';
import { StepRecords } from '#components/runs/step-records.tsx';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import { Badge } from '#components/ui/badge.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import type { TestCall, TestStep } from '#server/views/test.ts';
import { prettyText } from './json-details.tsx';

/** What a test did at one node: failures in words, what was or would be sent, records in and out, logs. */
export function StepDetail({ step }: { step: TestStep }) {
  const t = useTranslations('designer.result');
  const failureText = useFailureText();
  return (
    <div className="flex flex-col gap-4 p-4">
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
        <StepRecords text={step.inputText} label={t('input')} />
      </Section>
      <Section title={t('output')}>
        <StepRecords text={step.outputsText} label={t('output')} />
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

function CallCard({ call }: { call: TestCall }) {
  const t = useTranslations('designer.result');
  return (
    <div className="min-w-0 rounded-md border border-border p-2">
      <p className="flex flex-wrap items-baseline gap-1.5 text-xs">
        <Badge tone={call.held ? 'changed' : callTone(call.status)}>{call.held ? t('wouldSend') : t('sent')}</Badge>
        <span className="font-semibold">{call.method}</span>
        <span className="font-mono break-all">{call.url}</span>
      </p>
      {call.bodyText !== null && call.bodyText !== '' && <CodeBlock className="mt-2" text={prettyText(call.bodyText)} />}
      {call.status !== undefined && (
        <p className="mt-2 text-xs">
          {t('answered')} <span className="font-semibold">{call.status}</span>
        </p>
      )}
      {call.answerText !== undefined && call.answerText !== '' && <CodeBlock className="mt-1" text={prettyText(call.answerText)} />}
    </div>
  );
}

function callTone(status: number | undefined) {
  if (status === undefined) return 'failed';
  return status < 400 ? 'success' : 'failed';
}
