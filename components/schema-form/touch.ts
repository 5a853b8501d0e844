import { createContext, useContext } from 'react';

/** Which fields somebody has been in, so that a form does not complain about what nobody had a chance to fill in. */
export interface Touch {
  /** Whether a problem of this field may be shown yet. `field` is a dotted name, that of a field or of something below one. */
  shows(field: string): boolean;
  /** What the schema itself says against a value, by field: `too_long`, …; texts at `forms.fault.<code>`. */
  faultOf(field: string): ValueFault | undefined;
}

export interface ValueFault {
  code: 'required' | 'too_long' | 'too_short' | 'too_large' | 'too_small' | 'not_whole' | 'malformed' | 'invalid';
  params: Record<string, string | number>;
}

const ALWAYS: Touch = { shows: () => true, faultOf: () => undefined };

export const TouchContext = createContext<Touch>(ALWAYS);

export function useTouch(): Touch {
  return useContext(TouchContext);
}
