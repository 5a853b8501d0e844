import type { z } from 'zod';
import type { FlowDocument, FlowNode } from '../flow/document.ts';
import type { CheckScope, Problem } from '../flow/problem.ts';
import type { SourceInput, SourcePage, StepInput, StepOutput } from './step.ts';

/** What flows through a port: single records, or batches `{ records: […] }`; `any` takes both. */
export type PortType = 'record' | 'batch' | 'any';

export interface PortSpec {
  id: string;
  type: PortType;
  /** A name the consultant gave (the label of a branch's case); else the text is `nodes.<kind>.ports.<id>`. */
  label?: string;
}

export interface PortList {
  inputs: PortSpec[];
  outputs: PortSpec[];
}

/** Where the palette lists a kind. Triggers have no input; annotations never run. */
export type NodeGroup = 'trigger' | 'action' | 'transform' | 'logic' | 'data' | 'timing' | 'failure' | 'annotation';

/** One line on the node's card: a message key below `nodes.<kind>.summary`, with its params. */
export interface Summary {
  key: string;
  params?: Record<string, string | number>;
}

/** What a kind's own check may look at: its node, and the flow around it. */
export type NodeCheckScope = CheckScope & { node: FlowNode; doc: FlowDocument };

/**
 * A node kind, declared once: the palette, the default card, the inspector's form, the edge rules, the publish gate and
 * the executor all derive from this value. `C` is the parsed configuration, `P` what `prepare` made of it.
 */
export interface NodeKind<C = unknown, P = unknown> {
  kind: string;
  version: number;
  group: NodeGroup;
  /** Name of a lucide icon. */
  icon: string;
  config: z.ZodType<C>;
  initial(): C;
  ports(config: C): PortList;
  summary(config: C): Summary;
  check(config: C, scope: NodeCheckScope): Problem[];
  /** Called once per version: compile templates, rules, mappings. */
  prepare?(config: C): P;
  /** Outputs carry the input records unchanged: the journal stores their keys only. */
  passThrough?: boolean;
  /** `call`: reaches outside systems. `state`: reads or changes what the installation keeps (StatePort). */
  effect: 'none' | 'call' | 'state';
  /** What it gives depends on which records came together: it waits until no record that could still reach it is pending. */
  barrier?: boolean;
  /** It gathers over pages: it gets its `carry` back with the next page, and is run once more with `page.last`, records or not. */
  carries?: boolean;
  /** Input ports whose records are given again with every page when they come from before the paged source. */
  repeatsInputs?: readonly string[];
  /** A try region begins here: what fails for good behind port `body` comes out at port `failed` instead of becoming an exception. */
  catches?: { body: string; failed: string };
  /** A paged source: the interpreter asks for pages, `execute` is not called; records leave by the first output port. */
  nextPage?(step: SourceInput<C, P>): Promise<SourcePage>;
  execute(step: StepInput<C, P>): StepOutput | Promise<StepOutput>;
  /** Key n turns a configuration of version n into one of version n + 1. */
  upgrades?: Record<number, (config: unknown) => unknown>;
}

/** Checks a kind's declaration at compile time and keeps its types. */
export function defineNode<C, P = undefined>(kind: NodeKind<C, P>): NodeKind<C, P> {
  return kind;
}
