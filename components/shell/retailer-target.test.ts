import { expect, it } from 'vitest';
import { retailerInView, retailerTarget } from './retailer-target.ts';

const none = new URLSearchParams();

it('reads the retailer from the address', () => {
  expect(retailerInView('/retailers/a/connections', none)).toBe('a');
  expect(retailerInView('/retailers', none)).toBeNull();
  expect(retailerInView('/runs', new URLSearchParams('retailer=a'))).toBe('a');
  expect(retailerInView('/runs/r1', none)).toBeNull();
});

it('keeps the view when the retailer changes', () => {
  expect(retailerTarget('/retailers/a/connections', none, 'b')).toBe('/retailers/b/connections');
  expect(retailerTarget('/retailers/a', none, 'b')).toBe('/retailers/b');
  expect(retailerTarget('/flows/f', none, 'b')).toBe('/retailers/b');
});

it('keeps the filters of the run log, but not a flow of another retailer', () => {
  expect(retailerTarget('/runs', new URLSearchParams('state=failed&flow=f&retailer=a'), 'b')).toBe('/runs?state=failed&retailer=b');
  expect(retailerTarget('/runs', new URLSearchParams('retailer=a'), null)).toBe('/runs');
});

it('all retailers is the overview', () => {
  expect(retailerTarget('/retailers/a', none, null)).toBe('/retailers');
});
