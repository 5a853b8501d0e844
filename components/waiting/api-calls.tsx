'use client';

import { useTranslations } from 'next-intl';
import { readDocText } from '#components/canvas/read-doc-text.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { JsonTree } from '#components/ui/json-tree.tsx';
import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { recipeOf, webhookVerificationSchema } from '#engine/nodes/webhook-verification.ts';
import type { EndpointView, FlowView } from '#server/views/flow.ts';
import { curlOf } from './curl.ts';

/** How other systems call this flow: what a developer there needs to know, ready to be sent on. */
export function ApiCalls({ flow }: { flow: FlowView }) {
  const read = readDocText(flow.draft.docText);
  if (!read.ok) return null;
  return (
    <div className="flex flex-col gap-8 p-4">
      {flow.endpoints
        .filter((endpoint) => endpoint.kind === 'call')
        .map((endpoint) => {
          const node = read.doc.nodes.find((candidate) => candidate.id === endpoint.nodeId);
          return node === undefined ? null : <ApiCall key={endpoint.nodeId} endpoint={endpoint} node={node} doc={read.doc} live={flow.live?.active === true} />;
        })}
    </div>
  );
}

function ApiCall({ endpoint, node, doc, live }: { endpoint: EndpointView; node: FlowNode; doc: FlowDocument; live: boolean }) {
  const t = useTranslations('waiting.api');
  const request = schemaText(node.config['requestSchema']);
  const response = schemaText(node.config['responseSchema']);
  const answers = doc.nodes.some((candidate) => candidate.kind === 'respond');
  const seconds = Number(node.config['timeLimitSeconds'] ?? 10);
  const verification = webhookVerificationSchema.safeParse(node.config['verification']);
  const recipe = verification.success ? recipeOf(verification.data) : null;
  const curl = curlOf(endpoint.url, recipe?.header ?? null);
  return (
    <section className="flex flex-col gap-4">
      <div>
        <h3 className="font-semibold">{node.label}</h3>
        <p className="text-sm text-text-muted">{t('text')}</p>
        {!live && <p className="mt-1 text-sm text-waiting">{t('notLive')}</p>}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        <dt className="text-text-muted">{t('method')}</dt>
        <dd className="font-mono">POST</dd>
        <dt className="text-text-muted">{t('url')}</dt>
        <dd className="flex items-center gap-1">
          <code className="min-w-0 flex-1 font-mono text-xs break-all">{endpoint.url}</code>
          <CopyButton text={endpoint.url} />
        </dd>
      </dl>
      <p className="text-sm">{answers ? t('timeLimit', { seconds }) : t('noRespond')}</p>
      {recipe !== null && <p className="text-sm">{t('auth', { recipe: recipe.header })}</p>}
      <Schema title={t('request')} text={request} />
      {answers && <Schema title={t('response')} text={response} />}
      <div className="flex flex-col gap-1.5">
        <span className="flex items-center justify-between">
          <h4 className="text-xs font-semibold">{t('curl')}</h4>
          <CopyButton text={curl} label={t('copy')} />
        </span>
        <CodeBlock text={curl} wrap />
      </div>
    </section>
  );
}

function Schema({ title, text }: { title: string; text: string | null }) {
  const t = useTranslations('waiting.api');
  return (
    <div className="flex flex-col gap-1.5">
      <h4 className="text-xs font-semibold">{title}</h4>
      {text === null ? <p className="text-sm text-text-muted">{t('noSchema')}</p> : <JsonTree text={text} label={title} openDepth={3} bare />}
    </div>
  );
}

/** Schemas are kept as text or as an object. */
function schemaText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}
