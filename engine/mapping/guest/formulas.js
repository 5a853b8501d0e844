// Runs inside the isolate as text (engine/sandbox), and in the browser's preview: the formulas of a mapping over the records of a
// page. `library` compiles an expression. Each record comes as `{ c: [[parent, index, data], …], f: [[expression, context], …] }`;
// each formula's answer is `[value]`, `[]` for nothing, or `[null, message, position, code]`.
export function formulas(library, expressions, isExact) {
  'use strict';
  const { isArray } = Array;
  const isRaw = JSON.isRawJSON ?? (() => false);
  const programs = [];
  for (const expression of expressions) {
    try {
      programs.push({ run: isExact(library(expression)) });
    } catch (error) {
      programs.push({ fault: error });
    }
  }
  const isFunction = (value) => typeof value === 'function' || value._jsonata_lambda === true || value._jsonata_function === true;
  // What the library had in hand when it stopped.
  const meetsDigits = ({ value, value2 }) => [value, value2].some((one) => isRaw(one) || (isArray(one) && one.some(isRaw)));

  const about = ({ c }, place) => {
    const [parent, index, data] = c[place];
    let root = place;
    while (c[root][0] >= 0) root = c[root][0];
    return { data, variables: { index, root: c[root][2], ...(parent >= 0 && { parent: c[parent][2] }) } };
  };

  /** Yields what the library gives (perhaps a promise) and is resumed with what came of it; returns the record's answers. */
  function* answers(record, { write, stringify }) {
    const text = (value) => {
      if (value !== null && (typeof value === 'function' || (typeof value === 'object' && isFunction(value)))) throw { code: 'function', message: 'The expression gave a function, not data.' };
      const written = write(value);
      if (written === undefined) throw { code: 'function', message: 'The expression gave no data.' };
      return written;
    };
    const fault = (error) => {
      const digits = typeof error === 'object' && error !== null && meetsDigits(error);
      const { message, code, position } = Object(error);
      return `null,${stringify(`${message ?? code}`.slice(0, 500))},${typeof position === 'number' ? position : 'null'},${stringify(digits ? 'digits' : `${code ?? ''}`)}`;
    };
    let list = '';
    for (let at = 0; at < record.f.length; at += 1) {
      let said;
      try {
        const [expression, place] = record.f[at];
        const program = programs[expression];
        if (program.fault) throw program.fault;
        const { data, variables } = about(record, place);
        const value = yield program.run.evaluate(data, variables);
        said = value === undefined ? '' : text(value);
      } catch (error) {
        said = fault(error);
      }
      list += `${at > 0 ? ',' : ''}[${said}]`;
    }
    return `[${list}]`;
  }

  return {
    answers,
    over(tools) {
      return {
        answer(record) {
          const walk = answers(record, tools);
          let next = walk.next();
          while (!next.done) next = walk.next(next.value);
          return `"results":${next.value}`;
        },
        explain: (error) => `{"message":${tools.stringify(`${error?.message ?? error?.code}`.slice(0, 500))}}`,
      };
    },
  };
}
