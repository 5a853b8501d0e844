'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from '#components/ui/copy-button.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import { recipeOf, webhookVerificationSchema } from '#engine/nodes/webhook-verification.ts';
import { useDesigner } from './use-designer.ts';

/** The address a vendor posts to, and in plain words how a delivery is checked. */
export function WebhookAddress({ nodeId, config, called = false }: { nodeId: string; config: FlowNode['config']; /** Callers wait there for an answer. */ called?: boolean }) {
  const t = useTranslations('designer.webhook');
  const url = useDesigner((state) => state.endpoints.find((endpoint) => endpoint.nodeId === nodeId)?.url);
  const parsed = webhookVerificationSchema.safeParse(config['verification']);
  const recipe = parsed.success ? recipeOf(parsed.data) : null;
  return (
    <section aria-label={t(called ? 'callAddress' : 'address')} className="flex flex-col gap-1.5 rounded-md border border-border bg-surface-2 p-3">
      <h3 className="text-xs font-medium">{t(called ? 'callAddress' : 'address')}</h3>
      {url === undefined ? (
        <p className="text-xs text-text-muted">{t('pending')}</p>
      ) : (
        <div className="flex items-center gap-1">
          <code className="min-w-0 flex-1 rounded-sm bg-raised px-2 py-1 font-mono text-xs break-all">{url}</code>
          <CopyButton text={url} label={t('copy')} />
        </div>
      )}
      <p className="text-xs text-text-muted">{t(called ? 'callHelp' : 'help')}</p>
      {parsed.success && (
        <p className="text-xs text-text-muted">
          {recipe === null
            ? t('recipe.none')
            : t(`recipe.${parsed.data.recipe}`, { header: recipe.header, algorithm: recipe.algorithm.toUpperCase(), encoding: recipe.encoding })}{' '}
          {recipe?.clock != null && t('clock', { minutes: recipe.clock.windowSeconds / 60 })} {recipe?.dedupeHeader != null && t('dedupe', { header: recipe.dedupeHeader })}
        </p>
      )}
    </section>
  );
}
