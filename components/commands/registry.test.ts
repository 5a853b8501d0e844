import { describe, expect, it } from 'vitest';
import { CommandDesk } from './desk.ts';
import { keyCaps, keyOf } from './keys.ts';
import { matchKey, placeCounts } from './match-key.ts';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandPlace } from './registry.ts';
import de from '../i18n/messages/de/commands.json' with { type: 'json' };
import en from '../i18n/messages/en/commands.json' with { type: 'json' };

const NEVER_TOGETHER: readonly (readonly [CommandPlace, CommandPlace])[] = [
  ['canvas', 'outline'],
  ['outline', 'canvas'],
  ...(['page', 'flow', 'canvas', 'outline'] as const).flatMap((place) => [['settings', place] as const, [place, 'settings'] as const]),
];

describe('the registry', () => {
  it('gives no key to two commands that could both be meant', () => {
    const clashes = COMMAND_IDS.flatMap((one, at) =>
      COMMAND_IDS.slice(at + 1).flatMap((other) => {
        const apart = NEVER_TOGETHER.some(([a, b]) => COMMANDS[one].place === a && COMMANDS[other].place === b);
        return apart ? [] : COMMANDS[one].keys.filter((key) => COMMANDS[other].keys.includes(key)).map((key) => `${one} and ${other}: ${key}`);
      }),
    );
    expect(clashes).toEqual([]);
  });

  it('writes keys as a press of them is read', () => {
    for (const key of COMMAND_IDS.flatMap((id) => COMMANDS[id].keys)) {
      const parts = key === '+' ? ['+'] : key.split('+');
      const last = parts.at(-1) ?? '';
      const press = { key: last, ctrlKey: parts.includes('mod'), metaKey: false, altKey: parts.includes('alt'), shiftKey: parts.includes('shift') };
      expect(keyOf(press)).toBe(key);
      expect(keyCaps(key, false).every((cap) => cap !== '')).toBe(true);
    }
  });

  it('leaves single letters to what is being typed', () => {
    const everywhere = COMMAND_IDS.filter((id) => COMMANDS[id].place === 'anywhere').flatMap((id) => COMMANDS[id].keys);
    expect(everywhere.filter((key) => !key.startsWith('mod+'))).toEqual([]);
  });

  it.each([
    ['en', en],
    ['de', de],
  ])('has a name, further words and a heading for everything (%s)', (_locale, messages) => {
    expect(Object.keys(messages.names).toSorted()).toEqual([...COMMAND_IDS].toSorted());
    // What stands only in the sheet is not looked up by other words.
    expect(Object.keys(messages.words).toSorted()).toEqual(COMMAND_IDS.filter((id) => COMMANDS[id].sheetOnly !== true).toSorted());
    expect(Object.keys(messages.groups).toSorted()).toEqual([...COMMAND_GROUPS].toSorted());
  });
});

describe('a key', () => {
  const idle = { typing: false, surface: 'none' } as const;

  it('is named alike on every keyboard', () => {
    const press = { key: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    expect(keyOf({ ...press, key: 'Z', metaKey: true, shiftKey: true })).toBe('mod+shift+z');
    expect(keyOf({ ...press, key: '?', shiftKey: true })).toBe('?');
    expect(keyOf({ ...press, key: '/', shiftKey: true })).toBe('/');
    expect(keyOf({ ...press, key: 'ArrowUp', altKey: true })).toBe('alt+arrowup');
  });

  it('counts only where it should', () => {
    expect(placeCounts('anywhere', { typing: true, surface: 'other' })).toBe(true);
    expect(placeCounts('page', { typing: true, surface: 'other' })).toBe(false);
    expect(placeCounts('flow', { typing: false, surface: 'other' })).toBe(false);
    expect(placeCounts('flow', { typing: false, surface: 'outline' })).toBe(true);
    expect(placeCounts('canvas', { typing: false, surface: 'outline' })).toBe(false);
    expect(placeCounts('canvas', idle)).toBe(true);
  });

  it('does what is offered, the newest offer first, and nothing where nobody offers', () => {
    const desk = new CommandDesk();
    const done: string[] = [];
    expect(matchKey(desk, 'mod+z', idle)).toEqual([]);
    const withdraw = desk.offer({ undo: () => done.push('outer') });
    desk.offer({ undo: { run: () => done.push('inner'), enabled: () => inner } });
    let inner = true;
    matchKey(desk, 'mod+z', idle)[0]?.offer.run();
    inner = false;
    matchKey(desk, 'mod+z', idle)[0]?.offer.run();
    expect(done).toEqual(['inner', 'outer']);
    expect(desk.available()).toEqual(['undo']);
    withdraw();
    expect(desk.available()).toEqual([]);
  });
});
