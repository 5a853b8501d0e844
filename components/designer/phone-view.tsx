'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { FlowOverlay } from '#components/canvas/flow-overlay.tsx';
import { kindOf } from '#components/canvas/kind-info.ts';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { noteText } from '#components/canvas/note-text.ts';
import { useNodeText } from '#components/canvas/use-node-text.ts';
import { cn } from '#components/ui/cn.ts';
import type { FlowNode } from '#engine/flow/document.ts';
import { indexOf } from './doc-index.ts';
import { textOfDoc } from './persistence.ts';
import { useDesigner } from './use-designer.ts';

/** The flow to read on a phone: the drawing, and below it every node in words. */
export function PhoneView() {
  const t = useTranslations('designer.phone');
  const doc = useDesigner((state) => state.doc);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <p className="border-b border-border bg-surface-2 px-4 py-2 text-xs text-text-muted">{t('hint')}</p>
      {doc.nodes.length > 0 && (
        <div className="h-64 border-b border-border">
          <FlowOverlay docText={textOfDoc(doc)} steps={[]} />
        </div>
      )}
      <ol aria-label={t('nodes')} className="divide-y divide-border">
        {doc.nodes.map((node) => (
          <NodeLine key={node.id} node={node} />
        ))}
      </ol>
      {doc.nodes.length === 0 && <p className="p-6 text-center text-sm text-text-muted">{t('empty')}</p>}
    </div>
  );
}

function NodeLine({ node }: { node: FlowNode }) {
  const doc = useDesigner((state) => state.doc);
  const { kindLabel, summary } = useNodeText(node);
  const note = node.kind === 'note';
  const info = kindOf(node);
  const index = indexOf(doc);
  const next = index.outgoing(node.id).map((edge) => index.node(edge.to.node)?.label ?? '');
  return (
    <li className="flex gap-3 px-4 py-3">
      <NodeIcon icon={info.icon} group={info.group} />
      <div className="min-w-0">
        <p className={cn('text-sm break-words', note ? 'whitespace-pre-wrap' : 'font-medium')}>{note ? noteText(node) : node.label}</p>
        <p className="text-xs text-text-muted">
          {kindLabel}
          {summary !== '' && !note && ` · ${summary}`}
        </p>
        {next.length > 0 && (
          <p className="mt-0.5 flex items-center gap-1 text-xs text-text-muted">
            <ArrowRight aria-hidden className="size-3" />
            {next.join(', ')}
          </p>
        )}
      </div>
    </li>
  );
}
