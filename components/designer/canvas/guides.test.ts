import { describe, expect, it } from 'vitest';
import { snapToOthers } from './guides.ts';

const box = (x: number, y: number, height = 54) => ({ x, y, width: 240, height });

describe('lines to snap to', () => {
  it('shifts onto the nearest edge or middle within reach, and says where', () => {
    expect(snapToOthers(box(306, 3), [box(0, 0)], 8)).toEqual({ dx: 0, dy: -3, lines: [{ axis: 'y', at: 0, from: 0, to: 546 }] });
    expect(snapToOthers(box(5, 200), [box(0, 0)], 8)).toMatchObject({ dx: -5, dy: 0, lines: [{ axis: 'x', at: 0 }] });
  });

  it('meets middles of boxes of different height', () => {
    expect(snapToOthers(box(400, 31), [box(0, 0, 120)], 8)).toMatchObject({ dy: 2, lines: [{ axis: 'y', at: 60 }] });
  });

  it('leaves alone what is out of reach or out of sight', () => {
    expect(snapToOthers(box(300, 60), [box(0, 0)], 5)).toEqual({ dx: 0, dy: 0, lines: [] });
    expect(snapToOthers(box(5_000, 0), [box(0, 0)], 8)).toEqual({ dx: 0, dy: 0, lines: [] });
  });
});
