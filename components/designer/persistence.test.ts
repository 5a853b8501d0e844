import { describe, expect, it } from 'vitest';
import { emptyDocument, type FlowDocument } from '#engine/flow/document.ts';
import { parseJson, stringifyJson } from '#engine/flow/json.ts';
import { edit, emptyHistory, undo } from './history.ts';
import { judgeSession, readSession, type SavedSession, textOfDoc } from './persistence.ts';

const doc = (text: string): FlowDocument => ({
  ...emptyDocument(),
  nodes: [{ id: 'a', kind: 'note', kindVersion: 1, label: 'a', position: { x: 0, y: 0 }, config: { text, id: 820982911946154508n } }],
});
const session = (part: Partial<SavedSession> = {}): SavedSession => ({ revision: 4, doc: doc('mine'), unsaved: true, history: emptyHistory(), ...part });

describe('judgeSession', () => {
  it('resumes with undo stack and unsaved edits while the draft is where it was', () => {
    expect(judgeSession(session(), { revision: 4, doc: doc('server') }).type).toBe('resume');
  });
  it('asks where somebody saved meanwhile, and only then', () => {
    expect(judgeSession(session(), { revision: 5, doc: doc('theirs') }).type).toBe('conflict');
    expect(judgeSession(session({ unsaved: false }), { revision: 5, doc: doc('theirs') }).type).toBe('nothing');
    expect(judgeSession(session({ revision: 9 }), { revision: 5, doc: doc('theirs') }).type).toBe('nothing');
    expect(judgeSession(null, { revision: 5, doc: doc('theirs') }).type).toBe('nothing');
  });
  it('sees no conflict in its own save that landed while the page was reloading', () => {
    expect(judgeSession(session(), { revision: 5, doc: doc('mine') })).toMatchObject({ type: 'resume', session: { revision: 5, unsaved: false } });
  });
});

describe('a stored session', () => {
  it('comes back with an undo stack that works and every digit in place', () => {
    const before = doc('one');
    const edited = edit(before, emptyHistory(), { op: { type: 'setLabel', nodeId: 'a', label: 'b' }, at: 1 });
    if (!edited.ok) throw new Error('refused');
    const text = stringifyJson({
      revision: 2,
      unsaved: false,
      doc: parseJson(textOfDoc(edited.doc)),
      history: { past: edited.history.past.map(({ ops, at }) => ({ ops: parseJson(stringifyJson(parseJson(JSON.stringify(ops)))), at, mark: null })), future: [] },
    });
    const read = readSession(text);
    expect(read?.doc).toEqual(edited.doc);
    const back = read === null ? undefined : undo(read.doc, read.history);
    expect(back?.ok === true && back.doc).toEqual(before);
  });
  it('is left alone where it cannot be read', () => {
    expect(readSession('{"revision":1}')).toBeNull();
    expect(readSession('{"revision":1,"doc":{},"history":{"past":[{"ops":[{"type":"eval"}],"at":0}],"future":[]}}')).toBeNull();
  });
});
