/**
 * Every command of the studio, declared once. The key handler, the palette and the sheet of shortcuts all read this table, so
 * that a key cannot do one thing and be said to do another. What a command does is offered by the part of the page that can do
 * it (`useCommands`); a command nobody offers right now is in neither the palette nor the hands of the key handler.
 */

/**
 * Where a key counts.
 * - `anywhere`: also while a field is being typed in
 * - `page`: while no field is being typed in
 * - `flow`: on the canvas or in the outline, or where nothing has the focus
 * - `canvas`, `outline`, `settings`: only there; in the settings also while a field is being typed in
 */
export type CommandPlace = 'anywhere' | 'page' | 'flow' | 'canvas' | 'outline' | 'settings';

export const COMMAND_GROUPS = ['general', 'go', 'flow', 'edit', 'select', 'view', 'outline'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface CommandSpec {
  group: CommandGroup;
  /** As `keyOf` writes them, the one that is shown first. None: only in the palette. */
  keys: readonly string[];
  place: CommandPlace;
  /** A key for moving about, not something to look up by name: it stands in the sheet only. */
  sheetOnly?: true;
  /** The control that has the focus handles these keys itself; they are listed so that the sheet tells of them. */
  native?: true;
}

const SPECS = {
  palette: { group: 'general', keys: ['mod+k'], place: 'anywhere', sheetOnly: true },
  shortcuts: { group: 'general', keys: ['?'], place: 'page' },

  goRetailers: { group: 'go', keys: [], place: 'page' },
  goRuns: { group: 'go', keys: [], place: 'page' },
  goExceptions: { group: 'go', keys: [], place: 'page' },
  goApprovals: { group: 'go', keys: [], place: 'page' },

  save: { group: 'flow', keys: ['mod+s'], place: 'anywhere' },
  test: { group: 'flow', keys: ['mod+enter'], place: 'anywhere' },
  problems: { group: 'flow', keys: ['p'], place: 'flow' },
  publish: { group: 'flow', keys: [], place: 'page' },
  versions: { group: 'flow', keys: [], place: 'page' },
  flowSettings: { group: 'flow', keys: [], place: 'page' },

  undo: { group: 'edit', keys: ['mod+z'], place: 'anywhere' },
  redo: { group: 'edit', keys: ['mod+shift+z', 'mod+y'], place: 'anywhere' },
  addNode: { group: 'edit', keys: ['/', 'tab'], place: 'canvas' },
  openSettings: { group: 'edit', keys: ['enter'], place: 'flow' },
  openMapper: { group: 'edit', keys: ['shift+enter'], place: 'flow' },
  backToNode: { group: 'edit', keys: ['escape'], place: 'settings', sheetOnly: true },
  rename: { group: 'edit', keys: ['f2'], place: 'flow' },
  connect: { group: 'edit', keys: ['c'], place: 'flow' },
  duplicate: { group: 'edit', keys: ['mod+d'], place: 'flow' },
  copy: { group: 'edit', keys: ['mod+c'], place: 'flow' },
  cut: { group: 'edit', keys: ['mod+x'], place: 'flow' },
  paste: { group: 'edit', keys: ['mod+v'], place: 'flow' },
  remove: { group: 'edit', keys: ['delete', 'backspace'], place: 'flow' },
  group: { group: 'edit', keys: ['mod+g'], place: 'flow' },
  ungroup: { group: 'edit', keys: ['mod+shift+g'], place: 'flow' },
  tidy: { group: 'edit', keys: ['shift+t'], place: 'flow' },
  runToHere: { group: 'edit', keys: ['r'], place: 'flow' },

  selectAll: { group: 'select', keys: ['mod+a'], place: 'flow' },
  selectNone: { group: 'select', keys: ['escape'], place: 'flow' },
  selectBefore: { group: 'select', keys: ['shift+arrowleft'], place: 'canvas' },
  selectAfter: { group: 'select', keys: ['shift+arrowright'], place: 'canvas' },

  outline: { group: 'view', keys: ['o'], place: 'page' },
  findNode: { group: 'view', keys: ['mod+f'], place: 'flow' },
  fit: { group: 'view', keys: ['1'], place: 'canvas' },
  zoomIn: { group: 'view', keys: ['+', '='], place: 'canvas' },
  zoomOut: { group: 'view', keys: ['-'], place: 'canvas' },

  outlineAddAfter: { group: 'outline', keys: ['/', 'a'], place: 'outline' },
  outlineInsertBefore: { group: 'outline', keys: ['i'], place: 'outline' },
  outlineDisconnect: { group: 'outline', keys: ['x'], place: 'outline' },
  outlineMoveAfter: { group: 'outline', keys: ['m'], place: 'outline' },
  outlineMoveUp: { group: 'outline', keys: ['alt+arrowup'], place: 'outline' },
  outlineMoveDown: { group: 'outline', keys: ['alt+arrowdown'], place: 'outline' },
  outlineWalk: { group: 'outline', keys: ['arrowup', 'arrowdown', 'home', 'end'], place: 'outline', sheetOnly: true, native: true },
  outlineExtend: { group: 'outline', keys: ['shift+arrowup', 'shift+arrowdown'], place: 'outline', sheetOnly: true, native: true },
  outlineFold: { group: 'outline', keys: ['arrowleft', 'arrowright'], place: 'outline', sheetOnly: true, native: true },
  outlineMenu: { group: 'outline', keys: ['shift+f10'], place: 'outline', sheetOnly: true, native: true },
} as const satisfies Record<string, CommandSpec>;

export type CommandId = keyof typeof SPECS;

export const COMMANDS: Readonly<Record<CommandId, CommandSpec>> = SPECS;

// Object.keys forgets the names' type; the table is frozen text above.
export const COMMAND_IDS = Object.keys(SPECS).filter((id): id is CommandId => id in SPECS);
