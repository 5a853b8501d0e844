// Runs inside the isolate; see pages.js. Freezes every object a script can reach without having been given it, so that a page
// finds the world as the page before found it, and can leave nothing behind. What only syntax or a method leads to (the
// prototypes of generators, iterators, segments; the getter behind an error's stack) is reached through one sample each.
export function harden() {
  'use strict';
  const { freeze, getPrototypeOf, getOwnPropertyDescriptor } = Object;
  const { ownKeys } = Reflect;
  const iterable = { next: () => ({ done: true }) };
  const throwerOf = (function callee() {
    return getOwnPropertyDescriptor(arguments, 'callee').get;
  })();
  const segments = typeof Intl === 'object' ? new Intl.Segmenter().segment('a') : {};
  const samples = [
    function* generator() {}, async function waiter() {}, async function* stream() {}, () => 0, class {},
    (function* generator() {})(), (async function* stream() {})(),
    [].values(), new Map().entries(), new Set().values(), 'a'[Symbol.iterator](), 'a'.matchAll(/a/g),
    Iterator.from(iterable), [].values().map((value) => value), segments, segments[Symbol.iterator]?.() ?? {},
  ];
  const todo = [globalThis, throwerOf];
  for (const sample of samples) todo.push(getPrototypeOf(sample));
  const stack = getOwnPropertyDescriptor(new Error('sample'), 'stack');
  todo.push(stack?.get, stack?.set);
  const found = new Set();
  while (todo.length > 0) {
    const next = todo.pop();
    if ((typeof next !== 'object' && typeof next !== 'function') || next === null || found.has(next)) continue;
    found.add(next);
    todo.push(getPrototypeOf(next));
    for (const key of ownKeys(next)) {
      const { value, get, set } = getOwnPropertyDescriptor(next, key);
      todo.push(value, get, set);
    }
  }
  for (const each of found) freeze(each);
}
