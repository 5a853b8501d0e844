import type { CSSProperties } from 'react';
import { accentStyle } from './accent.ts';

/** The look of one partner, as a page needs it. */
export interface Brand {
  name: string;
  /** Hex; null keeps the installation's neutral accent. */
  accent: string | null;
  logoUrl: string | null;
}

/** Style for the root element: the partner's accent, derived for both themes. */
export function brandStyle(brand: Brand | null): CSSProperties {
  return accentStyle(brand?.accent);
}
