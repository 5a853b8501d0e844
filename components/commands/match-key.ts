import type { CommandDesk, Offer } from './desk.ts';
import { COMMANDS, COMMAND_IDS, type CommandId, type CommandPlace } from './registry.ts';

/** Where the focus is, as far as keys care. */
export interface KeyScene {
  typing: boolean;
  /** The surface that has the focus; `none`: the page itself, `other`: something else on it. */
  surface: 'canvas' | 'outline' | 'settings' | 'none' | 'other';
}

/** Whether keys of a place count in a scene. */
export function placeCounts(place: CommandPlace, { typing, surface }: KeyScene): boolean {
  if (place === 'anywhere') return true;
  if (place === 'settings') return surface === 'settings';
  if (typing) return false;
  if (place === 'page') return true;
  // What has no focus at all belongs to the surface that is shown; whoever offers the command knows whether that is its own.
  if (surface === 'none') return true;
  return place === 'flow' ? surface === 'canvas' || surface === 'outline' : place === surface;
}

/** The commands a key means here, the likeliest first: only those that somebody offers. */
export function matchKey(desk: CommandDesk, key: string, scene: KeyScene): { id: CommandId; offer: Offer }[] {
  return COMMAND_IDS.flatMap((id) => {
    const spec = COMMANDS[id];
    if (spec.native === true || !spec.keys.includes(key) || !placeCounts(spec.place, scene)) return [];
    const offer = desk.find(id);
    return offer === null ? [] : [{ id, offer }];
  });
}

/** Reads the scene off the element that has the focus. Null: keys are none of ours there (a menu, a dialog, a list). */
export function sceneOf(target: EventTarget | null): KeyScene | null {
  const element = target instanceof Element ? target : null;
  if (element === null || element === document.body || element === document.documentElement || element.id === 'content') return { typing: false, surface: 'none' };
  if (element.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null) return null;
  const typing = (element instanceof HTMLElement && element.isContentEditable) || element.getAttribute('role') === 'combobox' || /^(input|textarea|select)$/i.test(element.tagName);
  const marked = element.closest('[data-command-surface]')?.getAttribute('data-command-surface');
  const surface = element.closest('.react-flow') !== null ? 'canvas' : marked === 'outline' || marked === 'settings' ? marked : 'other';
  return { typing, surface };
}
