import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OwedAnswers } from './owed-answers.ts';

function message(type: string, length: number): Buffer {
  const one = Buffer.alloc(5 + length, 0x5a);
  one.write(type, 0, 'latin1');
  one.writeUInt32BE(4 + length, 1);
  return one;
}

test('an answer is owed until its last message came, however the pieces are cut and whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(3)), { minLength: 1, maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (statements, cuts) => {
      const owed = new OwedAnswers();
      for (const [size] of statements) owed.sent(Buffer.concat([message('B', size), message('E', 4), message('S', 0)]));
      const answers = Buffer.concat(statements.flatMap(([size, rows]) => [message('2', 0), ...Array.from({ length: rows }, () => message('D', size)), message('C', 9), message('Z', 1)]));
      // A message counts once its head is there; the last one has a byte behind it.
      for (let at = 0, turn = 0; at < answers.length; turn += 1) {
        expect(owed.any).toBe(at < answers.length - 1);
        const length = cuts[turn % cuts.length] ?? 1;
        owed.heard(answers.subarray(at, at + length));
        at += length;
      }
      expect(owed.any).toBe(false);
    }),
  );
});

test('a start-up is answered by being ready, a description by its parameters or by an error', () => {
  const owed = new OwedAnswers();
  const startUp = Buffer.alloc(20, 1);
  startUp.writeUInt32BE(20, 0);
  owed.sent(startUp);
  expect(owed.any).toBe(true);
  owed.heard(Buffer.concat([message('R', 4), message('Z', 1)]));
  expect(owed.any).toBe(false);
  for (const answer of ['t', 'E']) {
    owed.sent(Buffer.concat([message('P', 30), message('D', 3), message('H', 0)]));
    expect(owed.any).toBe(true);
    owed.heard(message(answer, 12));
    expect(owed.any).toBe(false);
  }
});
