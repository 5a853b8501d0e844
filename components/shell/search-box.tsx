'use client';

import { Search } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Input } from '#components/ui/input.tsx';

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder: string;
}

/** Milliseconds without a key before the list is asked. */
const PAUSE_MS = 300;

/** One box over a list that the server searches: after a short pause, at once on Enter. */
export function SearchBox({ value, onChange, label, placeholder }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const submit = useEffectEvent((wanted: string) => {
    sent.current = wanted.trim();
    onChange(sent.current);
  });

  // The address may change elsewhere (back, "clear"); what was typed here itself must not be overwritten by its echo.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => submit(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <Input
      type="search"
      icon={<Search />}
      value={text}
      maxLength={200}
      placeholder={placeholder}
      aria-label={label}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        sent.current = text.trim();
        onChange(sent.current);
      }}
    />
  );
}
