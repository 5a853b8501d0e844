import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

it('keeps a path of this site with its query', () => {
  expect(safeNext('/runs?state=failed')).toBe('/runs?state=failed');
});

it.each([undefined, null, '', 'runs', '//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example', '/sign-in?next=/x'])(
  'goes to the start page for %j',
  (next) => {
    expect(safeNext(next)).toBe('/');
  },
);

it('never leaves the site, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(new URL(safeNext(text), 'https://site.example').origin).toBe('https://site.example');
      expect(new URL(safeNext(`/${text}`), 'https://site.example').origin).toBe('https://site.example');
    }),
  );
});
