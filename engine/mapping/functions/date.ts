import { textArgument, excerpt, type FunctionSpec } from '../function-spec.ts';
import { dateFromValue, dateFromPattern, inTimeZone } from '../date-parts.ts';
import { formatDate, isoOf } from '../date-format.ts';
import { MappingFault } from '../mapping-fault.ts';

export const DATE_FUNCTIONS = {
  'date.format': {
    input: 'date',
    output: 'text',
    args: [
      { name: 'pattern', type: 'text' },
      { name: 'timeZone', type: 'text', optional: true },
    ],
    apply(value, [pattern, timeZone]) {
      const parts = dateFromValue(value);
      if (parts === null) throw new MappingFault('not_a_date', { value: excerpt(value) });
      const zone = textArgument(timeZone);
      const local = zone === '' ? parts : inTimeZone(parts, zone);
      if (local === null) throw new MappingFault('argument_invalid', { fn: 'date.format', argument: 'timeZone' });
      return formatDate(local, textArgument(pattern) || 'YYYY-MM-DD');
    },
  },
  'date.toIso': {
    input: 'date',
    output: 'text',
    args: [{ name: 'pattern', type: 'text', optional: true }],
    apply(value, [pattern]) {
      const written = textArgument(pattern);
      const parts = written === '' ? dateFromValue(value) : dateFromPattern(value, written);
      if (parts === null) throw new MappingFault('not_a_date', { value: excerpt(value) });
      return isoOf(parts);
    },
  },
} satisfies Record<string, FunctionSpec>;
