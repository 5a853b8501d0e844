import { expect, test } from 'vitest';
import { answerWords } from './answer-words.ts';

test.each([
  ['{"error":"validation_failed","details":[{"field":"lines[1].sku","message":"SKU \\"T\\" is blocked"}]}', ['lines[1].sku: SKU "T" is blocked']],
  ['{"error":{"code":"BadRequest","message":"The field is read-only."}}', ['BadRequest: The field is read-only.']],
  ['{"errors":[{"detail":"too long"},{"detail":"too long"},{"detail":"missing"}]}', ['too long', 'missing']],
  ['The answer was: [{"message":"no"}]', ['no']],
  ['{"error":"nope"}', []],
  ['<html>502 Bad Gateway</html>', []],
  ['{broken', []],
])('%s', (text, words) => {
  expect(answerWords(text)).toEqual(words);
});
