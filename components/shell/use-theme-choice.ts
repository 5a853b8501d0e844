'use client';

import { useState } from 'react';
import { THEME_COOKIE, type ThemeChoice } from '#components/brand/theme.ts';

const YEAR_SECONDS = 31_536_000;

/** The reader's theme and how to change it: at once on this page, by cookie on every later one. */
export function useThemeChoice(initial: ThemeChoice): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState(initial);
  return [
    choice,
    (next) => {
      setChoice(next);
      document.documentElement.dataset['theme'] = next;
      document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    },
  ];
}
