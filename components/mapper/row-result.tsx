'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { exampleOf } from '#components/schema-form/sample-paths.ts';
import { useMapperScope } from './mapper-scope.ts';
import { useMappingFault } from './use-mapping-fault.ts';

/** What a row gives for the sample; inside a group for its first item, and how many more there are. */
export function RowResult({ ruleId }: { ruleId: string }) {
  const t = useTranslations('mapping');
  const { preview } = useMapperScope();
  const faultText = useMappingFault();
  const found = preview?.rules[ruleId];
  const [first] = found?.outcomes ?? [];
  if (found === undefined || first === undefined) return null;
  const failed = found.outcomes.find((outcome) => outcome.state === 'failed');
  // What is unfinished says the row itself.
  if (failed?.state === 'failed' && failed.error.code === 'rule_unfinished') return null;
  if (failed?.state === 'failed') {
    return (
      <span role="status" className="ml-auto flex min-w-0 items-center gap-1 text-xs text-failed">
        <CircleAlert aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate" title={faultText(failed.error)}>
          {faultText(failed.error)}
        </span>
      </span>
    );
  }
  const text = first.state === 'filled' ? exampleOf(first.value) : t(first.state === 'skipped' ? `skipped.${first.reason}` : 'skipped.missing');
  return (
    <span className="ml-auto flex min-w-0 shrink items-baseline gap-1.5 text-xs text-text-muted">
      <span aria-hidden>=</span>
      <output className={first.state === 'filled' ? 'truncate font-mono text-text' : 'truncate italic'} title={text}>
        {text === '' ? '""' : text}
      </output>
      {found.count > 1 && <span className="shrink-0">{t('moreItems', { count: found.count - 1 })}</span>}
    </span>
  );
}
