import type { FlowPlan, PlanStep } from '#engine/flow/compile.ts';

/** Pages a test run reads at most of each record of a paged source. */
const MOST_PAGES = 3;

/** The same plan, with its paged source ending after a few pages. */
export function withShortSources(plan: FlowPlan): FlowPlan {
  return { ...plan, steps: plan.steps.map(shorten) };
}

function shorten(step: PlanStep): PlanStep {
  const { kind } = step;
  const { nextPage } = kind;
  if (!nextPage) return step;
  const short: typeof nextPage = async (input) => {
    const page = await nextPage.call(kind, input);
    if (input.number < MOST_PAGES || page.next === null) return page;
    return { ...page, next: null, logs: [...(page.logs ?? []), `test: stopped after ${MOST_PAGES} pages`] };
  };
  return { ...step, kind: { ...kind, nextPage: short } };
}
