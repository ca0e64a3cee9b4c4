/** What a person chose for each definition under review. */
import {
  type DefinitionAcceptance,
  type DefinitionReview,
  TOOL_CLASSES,
  type ToolClass,
} from '../../../main/contract/tool.ts';

/** By the name of a tool: nothing else has a class to choose. */
export type Choices = ReadonlyMap<string, ToolClass>;

/** The class a definition gets when nothing is chosen: the accepted one, else the proposed one. */
export function classFor(definition: DefinitionReview, choices: Choices): ToolClass {
  const chosen = definition.kind === 'tool' ? choices.get(definition.name) : undefined;
  return chosen ?? definition.class ?? definition.proposed;
}

/** Definitions that wait for a person: new, changed, or with a class chosen that differs from the accepted one. */
export function waiting(tools: readonly DefinitionReview[], choices: Choices): DefinitionReview[] {
  return tools.filter((tool) => {
    if (tool.state === 'new' || tool.state === 'changed') return true;
    return tool.state === 'accepted' && tool.class !== null && classFor(tool, choices) !== tool.class;
  });
}

/** What is asked of a person: each waiting definition with its digest and class. */
export function acceptances(tools: readonly DefinitionReview[], choices: Choices): DefinitionAcceptance[] {
  return waiting(tools, choices).map((tool) => ({
    kind: tool.kind,
    name: tool.name,
    digest: tool.digest,
    class: classFor(tool, choices),
  }));
}

/** Whether `chosen` protects less than `proposed`. */
export function lowers(proposed: ToolClass, chosen: ToolClass): boolean {
  return TOOL_CLASSES.indexOf(chosen) < TOOL_CLASSES.indexOf(proposed);
}
