'use client';

import { useTranslations } from 'next-intl';
import { accentStyle, deriveAccent, type Theme } from '#components/brand/accent.ts';
import { contrast, parseHex } from '#components/brand/color.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Input } from '#components/ui/input.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Part } from './part.tsx';

/** Colours partners really bring, and that nobody could read as they come. */
const GIVEN = { paleYellow: '#fff59d', nearBlack: '#0b0b0d', red: '#ff0000', white: '#ffffff', teal: '#2ec4b6' } as const;

const NAMES = ['paleYellow', 'nearBlack', 'red', 'white', 'teal'] as const;

/** Hard accents of partners, as given and as the interface uses them in the present theme. */
export function Accents() {
  const t = useTranslations('styleguide');
  return NAMES.map((name) => (
    <Part key={name} name={GIVEN[name]} columns={3}>
      <div className="flex flex-col gap-1.5">
        <p className="text-2xs text-text-muted">{t('tokens.given')}</p>
        <div className="h-8 rounded-md border border-border" style={{ background: GIVEN[name] }} />
        <p className="text-xs text-text-muted">{t(`accents.${name}`)}</p>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="text-2xs text-text-muted">{t('tokens.corrected')}</p>
        <Corrected theme="light" hex={GIVEN[name]} />
        <Corrected theme="dark" hex={GIVEN[name]} />
      </div>
      <InUse hex={GIVEN[name]} />
    </Part>
  ));
}

/** What a colour becomes in one theme, with its own text on it. */
function Corrected({ theme, hex }: { theme: Theme; hex: string }) {
  const t = useTranslations('styleguide.tokens');
  const tokens = deriveAccent(hex, theme);
  if (tokens === null) return null;
  const ratio = ratioOf(tokens.onAccent, tokens.accent);
  return (
    <p className="flex min-h-8 items-center gap-3 rounded-md border border-border px-3 text-xs tabular-nums" style={{ background: tokens.accent, color: tokens.onAccent }}>
      {t(theme)} <span className="font-mono">{tokens.accent}</span>
      <span className="ml-auto">{ratio !== null && t('contrast', { ratio })}</span>
    </p>
  );
}

/** The corrected accent in the controls that carry it. */
function InUse({ hex }: { hex: string }) {
  const t = useTranslations('styleguide');
  return (
    <div style={accentStyle(hex)} className="flex flex-col items-start gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary">{t('tokens.onAccent')}</Button>
        <Badge tone="accent">{t('tokens.tint')}</Badge>
        <span className="text-sm text-accent">{t('tokens.text')}</span>
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <Checkbox checked onCheckedChange={() => undefined} label={t('states.chosen')} />
        <Switch checked onCheckedChange={() => undefined} label={t('states.open')} />
      </div>
      <Input aria-label={`${t('sample.name')} ${hex}`} defaultValue={t('sample.nameValue')} className="outline-1 outline-accent outline-solid" />
    </div>
  );
}

function ratioOf(a: string, b: string): number | null {
  const [first, second] = [parseHex(a), parseHex(b)];
  return first === null || second === null ? null : contrast(first, second);
}
