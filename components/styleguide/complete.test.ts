import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const here = new URL('./', import.meta.url);
const ui = new URL('../ui/', import.meta.url);

/** Parts that are seen only inside another one that is shown. */
const WITHIN_OTHERS = ['json-tree-line.tsx', 'ui-providers.tsx'];

it('shows every component of components/ui', () => {
  const pages = readdirSync(here).filter((name) => name.endsWith('.tsx')).map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n');
  const parts = readdirSync(ui).filter((name) => name.endsWith('.tsx') && !WITHIN_OTHERS.includes(name));
  expect(parts.filter((name) => !pages.includes(`#components/ui/${name}'`))).toEqual([]);
});
