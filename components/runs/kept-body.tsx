'use client';

import { useTranslations } from 'next-intl';
import { useByteSize } from '#components/i18n/use-byte-size.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { JsonTree } from '#components/ui/json-tree.tsx';
import { LeftOutNote } from './left-out-note.tsx';
import { readLeftOut } from './read-left-out.ts';

/** A body as a tree; of one too large to keep its size, and how it began. */
export function KeptBody({ text, label, openDepth }: { text: string; label: string; openDepth: number }) {
  const t = useTranslations('runs');
  const size = useByteSize();
  const leftOut = readLeftOut(text);
  if (leftOut === null) return <JsonTree text={text} label={label} openDepth={openDepth} />;
  return (
    <div className="flex flex-col gap-2">
      <LeftOutNote>{t(leftOut.head === '' ? 'bodyGone' : 'bodyLeftOut', { size: size(leftOut.size) })}</LeftOutNote>
      {leftOut.head !== '' && <CodeBlock text={leftOut.head} wrap />}
    </div>
  );
}
