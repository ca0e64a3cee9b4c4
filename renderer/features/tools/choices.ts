/** What a person chose for each tool under review. */
import { TOOL_CLASSES, type ToolAcceptance, type ToolClass, type ToolReview } from '../../../main/contract/tool.ts';

export type Choices = ReadonlyMap<string, ToolClass>;

/** The class a tool gets when nothing is chosen: the accepted one, else the proposed one. */
export function classFor(tool: ToolReview, choices: Choices): ToolClass {
  return choices.get(tool.name) ?? tool.class ?? tool.proposed;
}

/** Tools that wait for a person: new, changed, or with a class chosen that differs from the accepted one. */
export function waiting(tools: readonly ToolReview[], choices: Choices): ToolReview[] {
  return tools.filter((tool) => {
    if (tool.state === 'new' || tool.state === 'changed') return true;
    return tool.state === 'accepted' && tool.class !== null && classFor(tool, choices) !== tool.class;
  });
}

/** What is asked of a person: each waiting tool with its digest and class. */
export function acceptances(tools: readonly ToolReview[], choices: Choices): ToolAcceptance[] {
  return waiting(tools, choices).map((tool) => ({
    name: tool.name,
    digest: tool.digest,
    class: classFor(tool, choices),
  }));
}

/** Whether `chosen` protects less than `proposed`. */
export function lowers(proposed: ToolClass, chosen: ToolClass): boolean {
  return TOOL_CLASSES.indexOf(chosen) < TOOL_CLASSES.indexOf(proposed);
}
