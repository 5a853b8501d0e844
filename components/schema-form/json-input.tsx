'use client';

import { useState } from 'react';
import { Input, type InputProps } from '#components/ui/input.tsx';
import type { Json } from '#engine/flow/json.ts';
import { readValue, sameValue, writeValue } from './json-value.ts';

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
