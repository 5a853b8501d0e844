import { expect, it } from 'vitest';
import { showsStyleguide } from './env.ts';

it('shows the internal page of components while developing, and in production only where it is asked for', () => {
  expect(showsStyleguide({ NODE_ENV: 'development' })).toBe(true);
  expect(showsStyleguide({ NODE_ENV: 'production' })).toBe(false);
  expect(showsStyleguide({ NODE_ENV: 'production', WEFT_STYLEGUIDE: 'on' })).toBe(true);
  expect(showsStyleguide({ NODE_ENV: 'production', WEFT_STYLEGUIDE: 'off' })).toBe(false);
});
