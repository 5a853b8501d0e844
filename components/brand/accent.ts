import { contrast, fromOklch, mix, parseHex, type Rgb, toHex, toOklch } from './color.ts';

export interface AccentTokens {
  /** Readable as text and as a filled button. */
  accent: string;
  /** Text on a filled button. */
  onAccent: string;
  /** A quiet background that carries accent-coloured text. */
  tint: string;
}

/** The grounds an accent is read on; they repeat the neutral tokens of app/globals.css. */
const GROUNDS = {
  light: { surfaces: ['#ffffff', '#f6f7f8', '#eceef0'], base: '#ffffff', ink: '#14181d', paper: '#ffffff', tintShare: 0.1 },
  dark: { surfaces: ['#15171a', '#1b1e22', '#1e2125', '#24282d'], base: '#15171a', ink: '#14181d', paper: '#ffffff', tintShare: 0.16 },
} as const;

export type Theme = keyof typeof GROUNDS;

/** WCAG AA for text of any size, with a little room for rounding to eight bits. */
const READABLE = 4.52;
const STEP = 0.01;

/**
 * A partner's accent made readable: hue is kept, lightness moves only as far as needed until the accent meets WCAG AA
 * on every surface of the theme and on its own tint, and text on it does too. Any hex gives a usable result;
 * text that is not a colour gives null, so that the caller keeps the installation's neutral accent.
 */
export function deriveAccent(hex: string, theme: Theme): AccentTokens | null {
  const brand = parseHex(hex);
  if (brand === null) return null;
  const ground = GROUNDS[theme];
  const surfaces = ground.surfaces.map(mustParse);
  const base = mustParse(ground.base);
  const wanted = toOklch(brand);
  const towards = theme === 'light' ? -STEP : STEP;

  for (let l = wanted.l; l >= 0 && l <= 1; l += towards) {
    const candidate = quantise(fromOklch({ ...wanted, l }));
    const tint = quantise(mix(candidate, base, ground.tintShare));
    const onAccent = [mustParse(ground.paper), mustParse(ground.ink)].sort((a, b) => contrast(b, candidate) - contrast(a, candidate))[0];
    const readable = [...surfaces, tint].every((under) => contrast(candidate, under) >= READABLE);
    if (readable && onAccent !== undefined && contrast(onAccent, candidate) >= READABLE)
      return { accent: toHex(candidate), onAccent: toHex(onAccent), tint: toHex(tint) };
  }
  // Only reached by rounding at the ends of the scale: black and white always read.
  return theme === 'light'
    ? { accent: '#000000', onAccent: '#ffffff', tint: '#e6e6e6' }
    : { accent: '#ffffff', onAccent: '#14181d', tint: '#2c2e31' };
}

/** The accent of both themes as style for the root element; nothing when the text is not a colour. */
export function accentStyle(hex: string | null | undefined): Record<`--${string}`, string> {
  const light = hex ? deriveAccent(hex, 'light') : null;
  const dark = hex ? deriveAccent(hex, 'dark') : null;
  if (light === null || dark === null) return {};
  return {
    '--color-accent': `light-dark(${light.accent}, ${dark.accent})`,
    '--color-on-accent': `light-dark(${light.onAccent}, ${dark.onAccent})`,
    '--color-accent-tint': `light-dark(${light.tint}, ${dark.tint})`,
  };
}

/** Contrast is judged on what the screen gets: eight bits a channel. */
function quantise(rgb: Rgb): Rgb {
  return mustParse(toHex(rgb));
}

function mustParse(hex: string): Rgb {
  const rgb = parseHex(hex);
  if (rgb === null) throw new TypeError(`not a colour: ${hex}`);
  return rgb;
}
