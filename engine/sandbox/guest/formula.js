// Runs inside the isolate; see pages.js. A JSONata expression as what a page is asked for, record by record.
export function formula(exact, library, expression) {
  'use strict';
  const compile = () => {
    try {
      return exact(library(expression));
    } catch (error) {
      throw new SyntaxError(`${error.message ?? error.code} [expression:${error.position ?? 0}]`);
    }
  };
  const compiled = compile();
  const isFormulaFunction = (value) => typeof value === 'function' || value._jsonata_lambda === true || value._jsonata_function === true;
  const { isArray } = Array;

  return {
    over(tools) {
      const { write, slice, stringify } = tools;
      const text = (value) => {
        if (value !== null && (typeof value === 'function' || (typeof value === 'object' && isFormulaFunction(value)))) {
          throw new TypeError('The expression gave a function, not data.');
        }
        return write(value) ?? 'null';
      };
      return {
        answer(record) {
          const value = compiled.evaluate(record);
          if (value === undefined) throw new TypeError('The expression found nothing: a path in it leads nowhere in this record. Say [] to drop a record.');
          if (!isArray(value)) return `"results":[${text(value)}]`;
          let list = '';
          for (let at = 0; at < value.length; at += 1) list += (at > 0 ? ',' : '') + text(value[at]);
          return `"results":[${list}]`;
        },
        explain(error) {
          const { position } = error;
          const place = typeof position === 'number' ? `,"line":${slice(expression, 0, position).split('\n').length},"position":${position}` : '';
          return `{"message":${stringify(slice(`${error.message ?? error.code}`, 0, 1000))}${place}}`;
        },
      };
    },
  };
}
