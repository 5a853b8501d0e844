import { sum } from '../decimal.ts';
import { excerpt, listInput, textArgument, withinLimit, type FunctionSpec } from '../function-spec.ts';
import { MappingFault } from '../mapping-fault.ts';

export const LIST_FUNCTIONS = {
  'list.count': { input: 'list', output: 'number', args: [], apply: (value) => listInput(value).length },
  'list.sum': {
    input: 'list',
    output: 'number',
    args: [],
    apply(value) {
      const list = listInput(value);
      const total = sum(list);
      if (total !== null) return total;
      const wrong = list.find((item) => sum([item]) === null);
      throw new MappingFault('not_a_number', { value: excerpt(wrong) });
    },
  },
  'list.first': { input: 'list', output: 'any', args: [], apply: (value) => listInput(value)[0] },
  'list.last': { input: 'list', output: 'any', args: [], apply: (value) => listInput(value).at(-1) },
  'list.join': {
    input: 'list',
    output: 'text',
    args: [{ name: 'separator', type: 'text' }],
    apply: (value, [separator]) => withinLimit(listInput(value).map(textArgument).join(textArgument(separator))),
  },
} satisfies Record<string, FunctionSpec>;
