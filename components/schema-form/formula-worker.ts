import jsonata from 'jsonata';
import { isJson, parseJson, stringifyJson } from '#engine/flow/json.ts';
import { exact } from '#engine/mapping/guest/exact.js';
import type { FormulaAnswer, FormulaRequest } from './formula-answer.ts';

/** Evaluates formulas beside the page, with the library and the care for digits that the engine's sandbox uses. */
self.addEventListener('message', ({ data }: MessageEvent<FormulaRequest>) => {
  void answer(data).then((said) => self.postMessage(said));
});

async function answer({ id, expression, recordText }: FormulaRequest): Promise<FormulaAnswer> {
  try {
    const value: unknown = await exact(jsonata(expression)).evaluate(parseJson(recordText));
    if (value === undefined) return { id, state: 'nothing' };
    return isJson(value) ? { id, state: 'value', text: stringifyJson(value) } : { id, state: 'fault', message: 'function', position: null };
  } catch (error) {
    const { message, position } = Object(error);
    return { id, state: 'fault', message: String(message), position: typeof position === 'number' ? position : null };
  }
}
