/** What of a keyboard event names a key. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * A pressed key as the registry writes it: `mod+shift+z`, `f2`, `?`. `mod` is Ctrl or Cmd. Shift is named with letters and
 * named keys only: on many keyboards it takes Shift to write `?` or `+` at all.
 */
export function keyOf(press: KeyPress): string {
  const key = press.key.toLowerCase();
  const sign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return [(press.ctrlKey || press.metaKey) && 'mod', press.altKey && 'alt', press.shiftKey && !sign && 'shift', key]
    .filter((part) => part !== false)
    .join('+');
}

const SIGNS: Record<string, string> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: '↵',
  escape: 'Esc',
  delete: 'Del',
  backspace: '⌫',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
};
const MAC: Record<string, string> = { mod: '⌘', alt: '⌥', shift: '⇧' };
const OTHER: Record<string, string> = { mod: 'Ctrl', alt: 'Alt', shift: '⇧' };

/** A key for people to read, one part per key cap: `['Ctrl', '⇧', 'Z']`. */
export function keyCaps(key: string, mac: boolean): string[] {
  const parts = key === '+' ? ['+'] : key.split('+');
  return parts.map((part) => (mac ? MAC : OTHER)[part] ?? SIGNS[part] ?? part.toUpperCase());
}

/** The same in ARIA's words (`aria-keyshortcuts`): `Control+Shift+Z`. */
export function ariaKey(key: string, mac: boolean): string {
  const names: Record<string, string> = { mod: mac ? 'Meta' : 'Control', alt: 'Alt', shift: 'Shift' };
  const parts = key === '+' ? ['plus'] : key.split('+');
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1))).join('+');
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
}
