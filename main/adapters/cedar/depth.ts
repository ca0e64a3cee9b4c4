/**
 * How deep the expressions of a Cedar file are nested. Cedar's WebAssembly has a stack of a fixed size: past its end it
 * fails in the middle of reading or, worse, of deciding, and decides nothing for anybody from then on.
 */
import { TOKEN } from './tokens.ts';

/** Cedar 4.13 was found to bear 363 operators and 120 brackets. */
const DEEPEST = 200;
const BRACKET = 3;
const OPERATORS = new Set(['.', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '!', 'in', 'has', 'like', 'is', '[']);

/** The offset in the text where nesting passes what Cedar bears; null when it nowhere does. It need not be valid Cedar. */
export function tooDeepAt(text: string): number | null {
  const open = [new Level()];
  let innermost = open[0] as Level;
  const deepest = () => open.reduce((sum, level) => sum + level.depth(), 0) > DEEPEST;
  for (const token of text.matchAll(TOKEN)) {
    const [word, closing] = token;
    // What stands behind is measured as if it were no string.
    if (closing === '') return tooDeepAt(text.slice(0, token.index) + text.slice(token.index).replaceAll('"', ' '));
    if (OPERATORS.has(word)) innermost.operator();
    else if (word === '&&') innermost.and();
    else if (word === '||') innermost.or();
    else if (word === 'if') innermost.choice();
    else if (word === ',' || word === 'then' || word === 'else') innermost.next();
    else if (word === ';' && open.length === 1) open[0] = innermost = new Level();
    if (word === '(' || word === '[' || word === '{') {
      innermost = new Level();
      open.push(innermost);
    } else if (open.length > 1 && (word === ')' || word === ']' || word === '}')) {
      const inside = (open.pop() as Level).depth() + BRACKET;
      innermost = open.at(-1) as Level;
      innermost.holds(inside);
    } else continue;
    if (open.length * BRACKET > DEEPEST || deepest()) return token.index;
  }
  return deepest() ? text.length : null;
}

/** What stands between two brackets, read as alternatives of conjunctions of terms: each operator is a level of its tree. */
class Level {
  #choices = 0;
  #ors = 0;
  #ands = 0;
  #operators = 0;
  /** The most levels that brackets in this term hold, and those of earlier terms, conjunctions and elements. */
  #held = 0;
  #terms = 0;
  #conjunctions = 0;
  #elements = 0;

  operator(): void {
    this.#operators += 1;
  }

  holds(levels: number): void {
    this.#held = Math.max(this.#held, levels);
  }

  and(): void {
    this.#terms = Math.max(this.#terms, this.#operators + this.#held);
    this.#operators = this.#held = 0;
    this.#ands += 1;
  }

  or(): void {
    this.and();
    this.#conjunctions = Math.max(this.#conjunctions, this.#ands + this.#terms);
    this.#ands = this.#terms = 0;
    this.#ors += 1;
  }

  choice(): void {
    this.next();
    this.#choices += 1;
  }

  /** The next of several that stand beside each other. */
  next(): void {
    this.or();
    this.#elements = Math.max(this.#elements, this.#ors + this.#conjunctions);
    this.#ors = this.#conjunctions = 0;
  }

  depth(): number {
    const term = Math.max(this.#terms, this.#operators + this.#held);
    const conjunction = Math.max(this.#conjunctions, this.#ands + term);
    return this.#choices + Math.max(this.#elements, this.#ors + conjunction);
  }
}
