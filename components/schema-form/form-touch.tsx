'use client';

import { type FocusEvent, type ReactNode, useMemo, useState } from 'react';
import type { FormField } from '#engine/flow/field-meta.ts';
import { isRecord, type Json } from '#engine/flow/json.ts';
import { useFormWorld } from './form-world.ts';
import { type Touch, TouchContext, type ValueFault } from './touch.ts';
import { valueFault } from './value-fault.ts';

interface FormTouchProps {
  fields: readonly FormField[];
  config: Readonly<Record<string, Json>>;
  /** The form of a node that was just added: nothing is said before somebody has been in a field. */
  fresh: boolean;
  children: ReactNode;
}

/**
 * Problems stand at their field once somebody has left it, and then follow every key. What was wrong when the form was opened is
 * shown from the start, unless the node is new; a field that was fine is not called wrong while it is being filled in.
 */
export function FormTouch({ fields, config, fresh, children }: FormTouchProps) {
  const { problems } = useFormWorld();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [inside, setInside] = useState<{ path: string; wasWrong: boolean } | null>(null);
  const touch = useMemo((): Touch => {
    const faults = new Map<string, ValueFault>();
    collectFaults(fields, config, { prefix: '', faults });
    return {
      shows(field) {
        if ([...left].some((path) => covers(path, field))) return true;
        if (inside !== null && covers(inside.path, field)) return inside.wasWrong;
        return !fresh;
      },
      faultOf: (field) => faults.get(field),
    };
  }, [fields, config, fresh, left, inside]);
  const pathOf = (event: FocusEvent): string | null => (event.target instanceof Element ? (event.target.closest('[data-form-field]')?.getAttribute('data-form-field') ?? null) : null);
  return (
    <TouchContext value={touch}>
      <div
        className="contents"
        onFocus={(event) => {
          const path = pathOf(event);
          if (path !== null && path !== inside?.path) setInside({ path, wasWrong: !fresh && problems.some(({ field }) => field !== undefined && covers(path, field)) });
        }}
        onBlur={(event) => {
          const path = pathOf(event);
          const next = event.relatedTarget instanceof Element ? event.relatedTarget.closest('[data-form-field]')?.getAttribute('data-form-field') : null;
          if (path === null || next === path) return;
          setInside(null);
          if (!left.has(path)) setLeft(new Set(left).add(path));
        }}
      >
        {children}
      </div>
    </TouchContext>
  );
}

function covers(path: string, field: string): boolean {
  return field === path || field.startsWith(`${path}.`);
}

function collectFaults(fields: readonly FormField[], config: Readonly<Record<string, Json>>, into: { prefix: string; faults: Map<string, ValueFault> }): void {
  for (const { name, schema, fields: inner } of fields) {
    const value = config[name];
    if (inner.length > 0) {
      if (isRecord(value)) collectFaults(inner, value, { ...into, prefix: `${into.prefix}${name}.` });
      continue;
    }
    const fault = valueFault(schema, value);
    if (fault !== null) into.faults.set(into.prefix + name, fault);
  }
}
