import { isRecord, parseJson, textOf, type Json } from '#engine/flow/json.ts';
import type { DemoAnswer } from './system.ts';

export interface FieldProblem {
  field: string;
  message: string;
}

/** Collects what is wrong with a body, the way business systems report it: all problems at once, each with its field. */
export interface BodyCheck {
  problems: FieldProblem[];
  /** The value as text, '' when it is missing; a missing value is a problem. */
  text(field: string): string;
  /** The value when it passes the pattern; a missing value is a problem too. */
  pattern(field: string, pattern: RegExp, expected: string): string;
  /** The list at the field; an empty or missing one is a problem. */
  list(field: string): Json[];
  refuse(field: string, message: string): void;
}

/** Reads a JSON object, or gives the answer to send instead. */
export function readBody(text: string): { body: Json } | { refusal: DemoAnswer } {
  try {
    const body = parseJson(text);
    if (isRecord(body)) return { body };
  } catch {
    // Answered below, like a body that is JSON but no object.
  }
  return { refusal: { status: 400, body: { error: 'malformed_json', message: 'The body must be a JSON object.' } } };
}

/** `field` paths are like `customer.name`, `lines[0].sku`. */
export function checkBody(body: Json): BodyCheck {
  const problems: FieldProblem[] = [];
  const refuse = (field: string, message: string): void => {
    problems.push({ field, message });
  };
  const text = (field: string): string => {
    const value = textOf(at(body, field)).trim();
    if (value === '') refuse(field, `${field} must not be empty`);
    return value;
  };
  return {
    problems,
    refuse,
    text,
    pattern(field, pattern, expected) {
      const value = text(field);
      if (value !== '' && !pattern.test(value)) refuse(field, `"${value}" is not ${expected}`);
      return value;
    },
    list(field) {
      const value = at(body, field);
      if (Array.isArray(value) && value.length > 0) return value;
      refuse(field, `${field} must have at least one entry`);
      return [];
    },
  };
}

export function validationFailed(problems: FieldProblem[]): DemoAnswer {
  return { status: 422, body: { error: 'validation_failed', details: problems.map(({ field, message }) => ({ field, message })) } };
}

/** The value at `a.b[0].c`, or undefined. */
export function at(body: Json, field: string): Json | undefined {
  let value: Json | undefined = body;
  for (const part of field.match(/[^.[\]]+/g) ?? []) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (value !== undefined && isRecord(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}
