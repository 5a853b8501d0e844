'use client';

import { useState } from 'react';
import { Input, type InputProps } from '#components/ui/input.tsx';
import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';

interface JsonInputProps extends Omit<InputProps, 'value' | 'onChange'> {
  value: Json;
  onValueChange: (value: Json) => void;
}

/**
 * A single value the way people write one: `12.50`, `true` and `null` are what they look like, anything else is text;
 * quotes force text (`"12"`), brackets a list.
 */
export function JsonInput({ value, onValueChange, ...rest }: JsonInputProps) {
  const [text, setText] = useState(() => writeValue(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    // What stands in the field stays as it was typed while it means the same value.
    if (!sameValue(readValue(text), value)) setText(writeValue(value));
  }
  return (
    <Input
      size="sm"
      mono
      {...rest}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onValueChange(readValue(event.target.value));
      }}
    />
  );
}

/** @returns the value that a typed text stands for. */
export function readValue(text: string): Json {
  const trimmed = text.trim();
  if (/^(?:true|false|null|-?\d|\[|\{|")/.test(trimmed)) {
    try {
      return parseJson(trimmed);
    } catch {
      return text;
    }
  }
  return text;
}

/** The text that `readValue` reads back as the same value. */
export function writeValue(value: Json): string {
  if (typeof value === 'string') return sameValue(readValue(value), value) ? value : stringifyJson(value);
  return stringifyJson(value);
}

function sameValue(a: Json, b: Json): boolean {
  return typeof a === typeof b && stringifyJson(a) === stringifyJson(b);
}
