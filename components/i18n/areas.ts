/**
 * Message files, one per area of the interface. Each file's content lies below its area's name:
 * `runs.json` → `t('runs.…')`. A new file is one line here and one file per language.
 */
export const MESSAGE_AREAS = [
  'common',
  'auth',
  'nav',
  'retailers',
  'flows',
  'connections',
  'runs',
  'replays',
  'exceptions',
  'approvals',
  'waiting',
  'checkpoints',
  'dataTables',
  'errors',
  'designer',
  'nodes',
  'problems',
  'mapping',
  'forms',
  'canvas',
  'outline',
  'commands',
  'presence',
  'samples',
  'schema',
  'retail',
  'styleguide',
] as const;

export type MessageArea = (typeof MESSAGE_AREAS)[number];

/** Areas that pages outside the signed-in shell need; everything else is sent to the browser only after sign-in. */
export const FRONT_AREAS: readonly MessageArea[] = ['common', 'auth', 'nav', 'errors'];
