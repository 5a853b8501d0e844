import { deriveAccent } from '#components/brand/accent.ts';

/** Hues far enough apart to be told from one another; readability is seen to by the same maths as a partner's accent. */
const HUES = ['#2563eb', '#b45309', '#15803d', '#9333ea', '#be123c', '#0e7490', '#4d7c0f', '#c026d3'];

/** Colours of one person's mark, the same wherever they are shown: a readable ground and the text on it, for both themes. */
export function personColour(userId: string): { backgroundColor: string; color: string } {
  let sum = 0;
  for (const letter of userId) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  const hex = HUES[sum % HUES.length] ?? '#2563eb';
  const [light, dark] = [deriveAccent(hex, 'light'), deriveAccent(hex, 'dark')];
  if (light === null || dark === null) return { backgroundColor: 'var(--color-text)', color: 'var(--color-surface)' };
  return { backgroundColor: `light-dark(${light.accent}, ${dark.accent})`, color: `light-dark(${light.onAccent}, ${dark.onAccent})` };
}
