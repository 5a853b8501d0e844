import type { FunctionSpec } from './function-spec.ts';
import { CONVERT_FUNCTIONS } from './functions/convert.ts';
import { DATE_FUNCTIONS } from './functions/date.ts';
import { LIST_FUNCTIONS } from './functions/list.ts';
import { LOGIC_FUNCTIONS } from './functions/logic.ts';
import { NUMBER_FUNCTIONS } from './functions/number.ts';
import { TEXT_FUNCTIONS } from './functions/text.ts';
import { VALUE_FUNCTIONS } from './functions/value.ts';

/**
 * Every function a mapping rule may use, by id. Labels live below `mapping.functions.<id>`, names of arguments below
 * `mapping.arguments.<name>`.
 */
export const MAPPING_FUNCTIONS = {
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...LOGIC_FUNCTIONS,
  ...CONVERT_FUNCTIONS,
  ...VALUE_FUNCTIONS,
} satisfies Record<string, FunctionSpec>;

export type MappingFunctionId = keyof typeof MAPPING_FUNCTIONS;

const BY_ID: ReadonlyMap<string, FunctionSpec> = new Map(Object.entries<FunctionSpec>(MAPPING_FUNCTIONS));

/** Ids in the order in which they are offered. */
export const mappingFunctionIds: readonly string[] = [...BY_ID.keys()];

export function findMappingFunction(id: string): FunctionSpec | undefined {
  return BY_ID.get(id);
}

/** The number of arguments a function takes. */
export function arityOf({ args }: FunctionSpec): { min: number; max: number } {
  const min = args.filter(({ optional = false, many = false }) => !optional && !many).length;
  return { min, max: args.some(({ many = false }) => many) ? 10 : args.length };
}
