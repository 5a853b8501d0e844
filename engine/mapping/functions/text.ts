import { MAX_TEXT, textArgument, textInput, wholeArgument, withinLimit, type FunctionSpec } from '../function-spec.ts';
import { MappingFault } from '../mapping-fault.ts';

const POSITION = { min: -1_000_000, max: 1_000_000 };
const TEXT = { input: 'text', output: 'text' } as const;

export const TEXT_FUNCTIONS = {
  'text.upper': { ...TEXT, args: [], apply: (value) => textInput(value).toUpperCase() },
  'text.lower': { ...TEXT, args: [], apply: (value) => textInput(value).toLowerCase() },
  'text.trim': { ...TEXT, args: [], apply: (value) => textInput(value).trim() },
  'text.prefix': {
    ...TEXT,
    args: [{ name: 'text', type: 'text' }],
    apply: (value, [text]) => withinLimit(textArgument(text) + textInput(value)),
  },
  'text.suffix': {
    ...TEXT,
    args: [{ name: 'text', type: 'text' }],
    apply: (value, [text]) => withinLimit(textInput(value) + textArgument(text)),
  },
  'text.replace': {
    ...TEXT,
    args: [
      { name: 'search', type: 'text' },
      { name: 'replacement', type: 'text', optional: true },
      { name: 'occurrence', type: 'text', optional: true, options: ['all', 'first'] },
    ],
    apply(value, [search, replacement, occurrence]) {
      const text = textInput(value);
      const wanted = textArgument(search);
      if (wanted === '') return text;
      const next = textArgument(replacement);
      // A function, so that `$&` in the replacement stays what it is.
      if (occurrence === 'first') return withinLimit(text.replace(wanted, () => next));
      if (next.length > wanted.length && text.length * next.length > MAX_TEXT * 10) {
        throw new MappingFault('result_too_large');
      }
      return withinLimit(text.replaceAll(wanted, () => next));
    },
  },
  'text.removeWhitespace': { ...TEXT, args: [], apply: (value) => textInput(value).replace(/\s+/g, '') },
  'text.keepDigitsAndPlus': { ...TEXT, args: [], apply: (value) => textInput(value).replace(/[^0-9+]/g, '') },
  'text.slice': {
    ...TEXT,
    args: [
      { name: 'start', type: 'number' },
      { name: 'end', type: 'number', optional: true },
    ],
    apply(value, [start, end]) {
      const text = textInput(value);
      const from = wholeArgument(start, { ...POSITION, fallback: 0 });
      return text.slice(from, wholeArgument(end, { ...POSITION, fallback: text.length }));
    },
  },
  'text.join': {
    ...TEXT,
    args: [
      { name: 'separator', type: 'text' },
      { name: 'values', type: 'text', many: true },
    ],
    // Empty parts leave no separator behind: no "Anna " for a customer without a last name.
    apply: (value, [separator, ...others]) =>
      withinLimit(
        [textInput(value), ...others.map(textArgument)].filter((part) => part !== '').join(textArgument(separator)),
      ),
  },
  'text.part': {
    ...TEXT,
    args: [
      { name: 'separator', type: 'text' },
      { name: 'position', type: 'number' },
    ],
    // From 1, as people count; -1 is the last part. A part that is not there makes the value missing.
    apply(value, [separator, position]) {
      const between = textArgument(separator);
      const parts = between === '' ? [textInput(value)] : textInput(value).split(between);
      const place = wholeArgument(position, { ...POSITION, fallback: 1 });
      return parts.at(place > 0 ? place - 1 : place);
    },
  },
  'text.padStart': {
    ...TEXT,
    args: [
      { name: 'length', type: 'number' },
      { name: 'fill', type: 'text', optional: true },
    ],
    apply: (value, [length, fill]) =>
      textInput(value).padStart(wholeArgument(length, { min: 0, max: 1_000, fallback: 0 }), textArgument(fill) || '0'),
  },
} satisfies Record<string, FunctionSpec>;
