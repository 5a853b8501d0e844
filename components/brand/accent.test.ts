import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentStyle, deriveAccent, type Theme } from './accent.ts';
import { contrast, fromOklch, parseHex, type Rgb, toHex, toOklch } from './color.ts';

const SURFACES: Record<Theme, string[]> = {
  light: ['#ffffff', '#f6f7f8', '#eceef0'],
  dark: ['#15171a', '#1b1e22', '#1e2125', '#24282d'],
};
const AA = 4.5;
const anyHex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

function rgb(hex: string): Rgb {
  const parsed = parseHex(hex);
  if (parsed === null) throw new Error(`not a colour: ${hex}`);
  return parsed;
}

describe.each(['light', 'dark'] as const)('accent in the %s theme', (theme) => {
  it('is readable on every surface and its tint, and carries readable text, for any colour', () => {
    fc.assert(
      fc.property(anyHex, (hex) => {
        const tokens = deriveAccent(hex, theme);
        if (tokens === null) throw new Error('a colour must give an accent');
        for (const under of [...SURFACES[theme], tokens.tint]) expect(contrast(rgb(tokens.accent), rgb(under))).toBeGreaterThanOrEqual(AA);
        expect(contrast(rgb(tokens.onAccent), rgb(tokens.accent))).toBeGreaterThanOrEqual(AA);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['#ffffff', '#000000', '#ffff00', '#00ff00', '#0000ff', '#808080'])('holds at the extreme %s', (hex) => {
    const tokens = deriveAccent(hex, theme);
    for (const under of SURFACES[theme]) expect(contrast(rgb(tokens?.accent ?? hex), rgb(under))).toBeGreaterThanOrEqual(AA);
  });
});

describe('accent', () => {
  it('leaves a readable brand colour as it is', () => {
    expect(deriveAccent('#0F766E', 'light')?.accent).toBe('#0f766e');
    expect(deriveAccent('#B4235A', 'light')?.accent).toBe('#b4235a');
  });

  it('refuses what is not a colour', () => {
    for (const text of ['', 'red', '#12345', 'url(x)', '#fff; color: red']) {
      expect(deriveAccent(text, 'light')).toBeNull();
      expect(accentStyle(text)).toEqual({});
    }
  });

  it('knows the surfaces of the style sheet', () => {
    const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
    for (const token of ['surface', 'surface-2', 'surface-3', 'raised']) {
      const [, light, dark] = new RegExp(`--color-${token}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css) ?? [];
      expect(SURFACES.light).toContain(light);
      expect(SURFACES.dark).toContain(dark);
    }
  });
});

describe('meaning colours of the style sheet', () => {
  const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
  const token = (name: string, theme: Theme): Rgb => {
    const match = new RegExp(`--color-${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css);
    return rgb(match?.[theme === 'light' ? 1 : 2] ?? '');
  };
  it.each(['light', 'dark'] as const)('are readable on surfaces and on their tints (%s)', (theme) => {
    for (const name of ['text', 'text-muted', 'success', 'waiting', 'failed', 'changed'])
      for (const under of ['surface', 'surface-2', 'surface-3', 'raised']) expect(contrast(token(name, theme), token(under, theme)), `${name} on ${under}`).toBeGreaterThanOrEqual(AA);
    for (const name of ['success', 'waiting', 'failed', 'changed'])
      expect(contrast(token(name, theme), token(`${name}-tint`, theme)), `${name} on its tint`).toBeGreaterThanOrEqual(AA);
  });
});

it('OKLCH and back is the same colour', () => {
  fc.assert(
    fc.property(anyHex, (hex) => {
      expect(toHex(fromOklch(toOklch(rgb(hex))))).toBe(hex);
    }),
  );
});
