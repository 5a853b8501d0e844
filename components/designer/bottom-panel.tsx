'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { TestPanel } from './test-panel.tsx';
import { useDesigner, useDesignerStore } from './use-designer.ts';

/** Problems and tests, below the canvas. */
export function BottomPanel() {
  const t = useTranslations('designer.bottom');
  const store = useDesignerStore();
  const tab = useDesigner((state) => state.bottom);
  const errors = useDesigner((state) => state.problems.filter((problem) => problem.severity === 'error').length);
  const count = useDesigner((state) => state.problems.length);
  return (
    <section aria-label={t('label')} className="relative h-full bg-surface">
      <Tabs
        label={t('label')}
        className="h-full"
        contentClassName="overflow-y-auto"
        value={tab ?? 'problems'}
        onValueChange={(value) => store.setState({ bottom: value === 'test' ? 'test' : 'problems' })}
        items={[
          {
            value: 'problems',
            label: t('problems'),
            badge: count > 0 ? <Badge tone={errors > 0 ? 'failed' : 'waiting'}>{count}</Badge> : undefined,
            content: <ProblemsPanel />,
          },
          { value: 'test', label: t('test'), content: <TestPanel /> },
        ]}
      />
      <IconButton size="sm" className="absolute top-1 right-2" label={t('close')} icon={<X />} onClick={() => store.setState({ bottom: null })} />
    </section>
  );
}
