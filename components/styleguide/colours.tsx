'use client';

import { Part } from './part.tsx';
import { Swatch } from './swatch.tsx';

// Whole class names, so that Tailwind finds them.
const GROUNDS = [
  ['surface', 'bg-surface'],
  ['surface-2', 'bg-surface-2'],
  ['surface-3', 'bg-surface-3'],
  ['raised', 'bg-raised'],
] as const;

const MEANINGS = [
  ['success', 'text-success', 'bg-success text-surface', 'bg-success-tint'],
  ['waiting', 'text-waiting', 'bg-waiting text-surface', 'bg-waiting-tint'],
  ['failed', 'text-failed', 'bg-failed text-surface', 'bg-failed-tint'],
  ['changed', 'text-changed', 'bg-changed text-surface', 'bg-changed-tint'],
] as const;

/** Grounds, text and lines. */
export function NeutralScale() {
  return (
    <>
      <Part name="text">
        {GROUNDS.map(([name, ground]) => (
          <Swatch key={name} name={`text / ${name}`} look={`${ground} text-text`} />
        ))}
      </Part>
      <Part name="text-muted">
        {GROUNDS.map(([name, ground]) => (
          <Swatch key={name} name={`text-muted / ${name}`} look={`${ground} text-text-muted`} />
        ))}
      </Part>
      <Part name="border" columns={2}>
        <div className="rounded-md border border-border px-3 py-2 font-mono text-xs">border</div>
        <div className="rounded-md border border-border-strong px-3 py-2 font-mono text-xs">border-strong</div>
      </Part>
    </>
  );
}

/** The four colours that mean something: as text, as a ground, on their own tint. */
export function MeaningColours() {
  return MEANINGS.map(([name, text, solid, tint]) => (
    <Part key={name} name={name} columns={3}>
      <Swatch name={`${name} / surface`} look={`bg-surface ${text}`} />
      <Swatch name={`${name} / ${name}-tint`} look={`${tint} ${text}`} />
      <Swatch name={`surface / ${name}`} look={solid} />
    </Part>
  ));
}
