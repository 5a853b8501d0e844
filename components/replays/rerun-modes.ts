import type { RerunMode } from '#server/views/rerun.ts';

/** In the order they are offered: what repeats least comes first. */
export const RERUN_MODES = ['step', 'start', 'newest'] as const satisfies readonly RerunMode[];
