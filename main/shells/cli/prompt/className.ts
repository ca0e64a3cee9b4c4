import type { ToolClass } from '../../../contract/tool.ts';
import type { Paint } from '../paint.ts';

/** A class in its colour: the more it can do, the warmer. */
export function className(tool: ToolClass, paint: Paint): string {
  const colour = { read: paint.good, 'read-sensitive': paint.accent, write: paint.warn, external: paint.bad } as const;
  return colour[tool](tool);
}
