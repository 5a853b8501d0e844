'use client';

import { type RefObject, useEffect, useState } from 'react';
import { contrast, type Rgb } from '#components/brand/color.ts';

/**
 * The WCAG contrast of an element's text on its own ground as the browser draws them, measured again when the theme changes;
 * null until it is measured, and where the two are not plain colours.
 */
export function useContrast(element: RefObject<HTMLElement | null>): number | null {
  const [ratio, setRatio] = useState<number | null>(null);
  useEffect(() => {
    const measure = () => {
      if (element.current === null) return;
      const { color, backgroundColor } = getComputedStyle(element.current);
      const [text, ground] = [readRgb(color), readRgb(backgroundColor)];
      setRatio(text === null || ground === null ? null : contrast(text, ground));
    };
    measure();
    const root = new MutationObserver(measure);
    root.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', measure);
    return () => {
      root.disconnect();
      system.removeEventListener('change', measure);
    };
  }, [element]);
  return ratio;
}

/** A computed colour, `rgb(21, 23, 26)`, as channels 0–1. */
function readRgb(text: string): Rgb | null {
  const [red, green, blue] = (/^rgb\(([\d.]+), ([\d.]+), ([\d.]+)\)$/.exec(text) ?? []).slice(1).map((channel) => Number(channel) / 255);
  return red === undefined || green === undefined || blue === undefined ? null : [red, green, blue];
}
