import type { Json } from '../../flow/json.ts';
import type { FunctionSpec } from '../function-spec.ts';
import { isSame } from '../rules.ts';
import { booleanInput } from './convert.ts';

export const LOGIC_FUNCTIONS = {
  'logic.equals': {
    input: 'any',
    output: 'boolean',
    args: [{ name: 'value', type: 'any' }],
    apply: (value, [other]) => isSame(value, other ?? null),
  },
  'logic.choose': {
    input: 'any',
    output: 'any',
    args: [
      { name: 'equals', type: 'any' },
      { name: 'then', type: 'any' },
      { name: 'otherwise', type: 'any', optional: true },
    ],
    apply: (value, [other, then, otherwise]): Json | undefined => (isSame(value, other ?? null) ? then : otherwise),
  },
  'logic.not': { input: 'boolean', output: 'boolean', args: [], apply: (value) => !booleanInput(value) },
} satisfies Record<string, FunctionSpec>;
