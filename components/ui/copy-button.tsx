'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { IconButton } from './icon-button.tsx';

/** Copies a text and says so on itself for two seconds. */
export function CopyButton({ text, label, className }: { text: string | (() => string); label?: string; className?: string }) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      size="sm"
      className={className}
      label={copied ? t('copied') : (label ?? t('copy'))}
      icon={copied ? <Check className="text-success" /> : <Copy />}
      onClick={() => {
        void navigator.clipboard.writeText(typeof text === 'function' ? text() : text).then(() => setCopied(true));
      }}
    />
  );
}
