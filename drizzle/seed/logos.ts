import { encodePng, type Pixel } from './png.ts';

/** Is the mark inked at this point? Both from 0 to 1, from the top left. */
type Mark = (x: number, y: number) => boolean;

/** Two arms of a harbour around a beacon. */
export const harborMark: Mark = (x, y) => {
  const distance = Math.hypot(x - 0.5, y - 0.5);
  const inGap = y < 0.5 && Math.abs(x - 0.5) < 0.13;
  const ring = distance > 0.3 && distance < 0.42 && !inGap;
  return ring || Math.hypot(x - 0.5, y - 0.52) < 0.12;
};

/** A lamp: half a disc and three rays. */
export const lumenMark: Mark = (x, y) => {
  const distance = Math.hypot(x - 0.5, y - 0.62);
  if (y > 0.62) return y < 0.7 && Math.abs(x - 0.5) < 0.36;
  if (distance < 0.2) return true;
  const angle = Math.abs(Math.atan2(x - 0.5, 0.62 - y));
  return distance > 0.28 && distance < 0.42 && (angle < 0.13 || Math.abs(angle - 0.85) < 0.13);
};

const size = 128;
const samples = 4;

/** A mark in white on a rounded square of the accent colour ('#rrggbb'), 128 pixels wide, as PNG. */
export function drawLogo(accent: string, mark: Mark): Uint8Array {
  const value = Number.parseInt(accent.slice(1), 16);
  const ground = { r: value >> 16, g: (value >> 8) & 255, b: value & 255 };
  return encodePng(size, (px, py): Pixel => {
    // Edges are smoothed by looking at 16 points of each pixel.
    let inside = 0;
    let inked = 0;
    for (let i = 0; i < samples * samples; i++) {
      const x = (px + ((i % samples) + 0.5) / samples) / size;
      const y = (py + (Math.floor(i / samples) + 0.5) / samples) / size;
      if (!inRoundedSquare(x, y)) continue;
      inside++;
      if (mark(x, y)) inked++;
    }
    const white = inside === 0 ? 0 : inked / inside;
    const mix = (channel: number) => Math.round(channel + (255 - channel) * white);
    return { r: mix(ground.r), g: mix(ground.g), b: mix(ground.b), a: Math.round((inside / (samples * samples)) * 255) };
  });
}

function inRoundedSquare(x: number, y: number): boolean {
  const radius = 0.22;
  const dx = Math.max(radius - x, x - (1 - radius), 0);
  const dy = Math.max(radius - y, y - (1 - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}
