import { expect, it } from 'vitest';
import { curlOf } from './curl.ts';

it('writes a command a shell takes as one, whatever the address holds', () => {
  expect(curlOf("http://h/api-in/a'b", null)).toBe("curl -X POST 'http://h/api-in/a'\\''b' \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'");
  expect(curlOf('http://h/x', 'X-Api-Key')).toContain("-H 'X-Api-Key: <secret or signature>'");
});
