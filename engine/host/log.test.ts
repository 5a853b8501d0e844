import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(entry: object, message = 'said'): { text: string; value: Record<string, unknown> } {
  let text = '';
  createLog('info', { write: (line) => void (text += line) }).info(entry, message);
  return { text, value: JSON.parse(text) };
}

test('one JSON object on one line, whatever is in it', () => {
  const nasty = 'line\r\nnext\u2028\u2029 \u001b[31mred\u009b31m \u0000 "quoted" \\';
  const { text, value } = logged({ name: nasty, err: new Error(nasty) }, nasty);
  expect(text.trimEnd().split(/[\n\r\u2028\u2029]/)).toHaveLength(1);
  expect(text.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(value['name']).toBe(nasty);
  expect(value['msg']).toBe(nasty);
});

test.each([
  ['password', { password: 'hunter22' }],
  ['a field two levels down', { request: { headers: { authorization: 'Basic c2VjcmV0OnNlY3JldA==' } } }],
  ['a body', { event: { body: '{"customer":"Ada"}' } }],
])('hidden by the name of the field: %s', (_name, entry) => {
  const { text } = logged(entry);
  expect(text).toContain('•••');
  expect(text).not.toMatch(/hunter22|c2VjcmV0|Ada/);
});

test.each([
  'postgres://weft_engine:s3cr3tPass@db.example:5432/weft',
  'sent Bearer abcdefghijklmnop1234',
  'key whsec_c2VjcmV0c2VjcmV0',
  'stripe sk_live_abcdefgh12345678',
  'shop shpat_0123456789abcdef',
  'jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
  'GET https://erp.example/orders?access_token=tok12345&page=2',
  'customer ada.lovelace@example.co.uk ordered',
])('hidden by the look of the value: %s', (secret) => {
  for (const entry of [{ text: secret }, { err: new Error(secret) }]) {
    const { text } = logged(entry, secret);
    expect(text).toContain('•••');
    expect(text).not.toMatch(/s3cr3tPass|abcdefghijklmnop|c2VjcmV0|abcdefgh1234|0123456789abcdef|eyJhbGci|tok12345|lovelace/);
  }
});

test('what tells an operator where to look stays', () => {
  const { text } = logged({ flowId: '019a0000-0000-7000-8000-000000000000', role: 'weft_engine' }, 'migration weft_migration on db.example:5432');
  expect(text).toContain('019a0000-0000-7000-8000-000000000000');
  expect(text).toContain('weft_migration on db.example:5432');
});
