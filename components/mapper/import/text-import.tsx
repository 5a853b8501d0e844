'use client';

import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { fieldLook } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { decodeText } from '#engine/schema/imports/decode-text.ts';
import type { ImportChoice, ImportFaultCode } from '#engine/schema/imports/outcome.ts';
import type { ImportFormat } from '#engine/schema/imports/read-schema.ts';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';

const FORMATS: readonly ImportFormat[] = ['auto', 'json', 'csv', 'xml', 'json-schema', 'openapi'];
const CALM_MS = 250;

type Outcome = { state: 'none' } | { state: 'failed'; code: ImportFaultCode; params: Record<string, string | number> } | { state: 'choose'; choices: readonly ImportChoice[] } | { state: 'read'; cut: boolean };

/** Pasted text or a file; read while typing, with what is wrong said at its line. */
export function TextImport({ onRead }: { onRead: (schema: SchemaDoc | null) => void }) {
  const t = useTranslations('mapping.import');
  const words = useTranslations('schema');
  const file = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [format, setFormat] = useState<ImportFormat>('auto');
  const [pick, setPick] = useState('');
  const [choices, setChoices] = useState<readonly ImportChoice[]>([]);
  const [outcome, setOutcome] = useState<Outcome>({ state: 'none' });
  useEffect(() => {
    let stopped = false;
    const timer = setTimeout(() => {
      if (text.trim() === '') {
        setOutcome({ state: 'none' });
        setChoices([]);
        onRead(null);
        return;
      }
      // The readers of XML, CSV and YAML are loaded once somebody needs them.
      void import('#engine/schema/imports/read-schema.ts').then(({ readSchema }) => {
        if (stopped) return;
        const read = readSchema(text, format, { name, ...(pick === '' ? {} : { pick }) });
        onRead(read.ok ? read.schema : null);
        if (read.ok) setOutcome({ state: 'read', cut: read.cut === true });
        else if (read.code === 'choose') {
          setOutcome({ state: 'choose', choices: read.choices });
          setChoices(read.choices);
        } else setOutcome({ state: 'failed', code: read.code, params: read.params });
      });
    }, CALM_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [text, format, pick, name, onRead]);

  async function take(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    setPick('');
    setName(chosen.name.replace(/\.[^.]+$/, ''));
    setText(decodeText(new Uint8Array(await chosen.arrayBuffer())));
  }

  const wrong = outcome.state === 'failed';
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          size="sm"
          className="max-w-44"
          aria-label={t('format')}
          value={format}
          options={FORMATS.map((value) => ({ value, label: t(`formats.${value}`) }))}
          onValueChange={(next) => setFormat(FORMATS.find((value) => value === next) ?? 'auto')}
        />
        <Button size="sm" onClick={() => file.current?.click()}>
          <FileUp aria-hidden className="size-3.5" />
          {t('file')}
        </Button>
        <input ref={file} type="file" hidden aria-label={t('file')} accept=".json,.csv,.tsv,.txt,.xml,.yaml,.yml,.xsd" onChange={(event) => void take(event.target.files?.[0])} />
      </div>
      {choices.length > 0 && (
        <Select
          size="sm"
          aria-label={t('choose')}
          placeholder={t('choose')}
          value={pick === '' ? undefined : pick}
          options={choices.map(({ id, label, part }) => ({ value: id, label, ...(words.has(`parts.${part}`) ? { hint: words(`parts.${part}`) } : {}) }))}
          onValueChange={setPick}
        />
      )}
      <textarea
        aria-label={t('text')}
        aria-describedby={hint}
        aria-invalid={wrong || undefined}
        data-own-undo
        rows={12}
        spellCheck={false}
        placeholder={t('placeholder')}
        value={text}
        onChange={(event) => {
          setPick('');
          setText(event.target.value);
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          const [dropped] = event.dataTransfer.files;
          if (dropped === undefined) return;
          event.preventDefault();
          void take(dropped);
        }}
        className={cn(fieldLook, 'min-h-48 flex-1 resize-y p-2 font-mono text-xs leading-5')}
      />
      <p id={hint} role="status" className={cn('min-h-4 text-xs', wrong ? 'text-failed' : 'text-text-muted')}>
        {outcome.state === 'failed' && (words.has(`errors.${outcome.code}`) ? words(`errors.${outcome.code}`, outcome.params) : t('unreadable'))}
        {outcome.state === 'choose' && t('chooseText', { count: outcome.choices.length })}
        {outcome.state === 'read' && outcome.cut && t('cut')}
        {outcome.state === 'none' && t('hint')}
      </p>
    </div>
  );
}
