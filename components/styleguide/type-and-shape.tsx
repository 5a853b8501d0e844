'use client';

import { useTranslations } from 'next-intl';
import { Part } from './part.tsx';

const SIZES = [
  ['2xs', 'text-2xs'],
  ['xs', 'text-xs'],
  ['sm', 'text-sm'],
  ['base', 'text-base'],
  ['lg', 'text-lg font-semibold'],
  ['xl', 'text-xl font-semibold'],
  ['2xl', 'text-2xl font-semibold'],
] as const;

const SHAPES = [
  ['rounded-sm', 'rounded-sm border border-border'],
  ['rounded-md', 'rounded-md border border-border'],
  ['rounded-lg', 'rounded-lg border border-border'],
  ['shadow-raised', 'rounded-md bg-raised shadow-raised'],
  ['shadow-float', 'rounded-md bg-raised shadow-float'],
] as const;

const STEPS = [1, 2, 3, 4, 6, 8, 12] as const;

/** Sizes of type, corners, shadows, and the grid distances are taken from. */
export function TypeAndShape() {
  const t = useTranslations('styleguide.sample');
  return (
    <>
      <Part name="text-*" columns={1}>
        {SIZES.map(([name, look]) => (
          <div key={name} className="flex min-w-0 items-baseline gap-4">
            <span className="w-10 shrink-0 font-mono text-xs text-text-muted">{name}</span>
            <span className={`min-w-0 truncate ${look}`}>{t('longName')}</span>
          </div>
        ))}
      </Part>
      <Part name="tabular-nums" columns={2}>
        <table className="w-40 text-right text-sm">
          <tbody>
            <tr>
              <td>1.111,10</td>
            </tr>
            <tr>
              <td>88.888,00</td>
            </tr>
          </tbody>
        </table>
      </Part>
      <Part name="rounded-*, shadow-*">
        {SHAPES.map(([name, look]) => (
          <div key={name} className={`flex h-14 items-center justify-center font-mono text-xs ${look}`}>
            {name}
          </div>
        ))}
      </Part>
      <Part name="spacing" columns={1}>
        <div className="flex flex-wrap items-end gap-4">
          {STEPS.map((step) => (
            <div key={step} className="flex flex-col items-center gap-1">
              <span className="bg-accent" style={{ width: step * 4, height: step * 4 }} />
              <span className="font-mono text-2xs text-text-muted">{step * 4}</span>
            </div>
          ))}
        </div>
      </Part>
    </>
  );
}
