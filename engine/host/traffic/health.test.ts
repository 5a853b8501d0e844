import { expect, test } from 'vitest';
import { probeAfterSeconds, Tracker } from './health.ts';

test('ten failures in a row open the breaker; one good answer begins anew', () => {
  const tracker = new Tracker();
  const notes = Array.from({ length: 9 }, (_, at) => tracker.note('failing', at));
  expect([notes[0], new Set(notes.slice(1)), tracker.failures]).toEqual(['none', new Set(['report']), 9]);
  expect(tracker.note('well', 10)).toBe('recovered');
  expect([tracker.note('failing', 11), tracker.failures, tracker.note('well', 12)]).toEqual(['none', 1, 'none']);
});

test('half of the calls failing opens it too, a fifth does not', () => {
  const half = new Tracker();
  const opened = Array.from({ length: 40 }, (_, at) => half.note(at % 2 === 0 ? 'failing' : 'well', at));
  expect(opened).toContain('open');
  const fifth = new Tracker();
  const notes = Array.from({ length: 400 }, (_, at) => fifth.note(at % 5 === 0 ? 'failing' : 'well', at * 50));
  expect(notes).not.toContain('open');
});

test('what happened long ago does not count', () => {
  const tracker = new Tracker();
  for (let at = 0; at < 30; at += 1) tracker.note(at % 2 === 0 ? 'well' : 'limited', at);
  for (let at = 0; at < 9; at += 1) expect(tracker.note(at % 2 === 0 ? 'failing' : 'well', 100_000 + at)).not.toBe('open');
});

test('a refused sign-in pauses at once, a forbidden call only when nothing else comes', () => {
  expect(new Tracker().note('unauthorised', 0)).toBe('pause');
  const tracker = new Tracker();
  const notes = ['forbidden', 'forbidden', 'well', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden'] as const;
  expect(notes.map((sign, at) => tracker.note(sign, at))).toEqual(['none', 'none', 'none', 'none', 'none', 'none', 'none', 'pause']);
});

test('probes come after 5, 10, 20 … seconds and at least every five minutes', () => {
  expect([10, 11, 12, 15, 16, 17, 40].map(probeAfterSeconds)).toEqual([5, 10, 20, 160, 300, 300, 300]);
});
