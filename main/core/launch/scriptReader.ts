/** Reading a shell's script, letter by letter (POSIX.1-2024, Shell Command Language 2.2, 2.3, 2.7 and 2.10). */
import { readCString } from './cString.ts';
import { type Grammar, grammarOf, POWERSHELL_BLOCKS } from './grammar.ts';
import { DEEPEST } from './launchers.ts';
import type { ShellCommand, Subshell } from './shellScript.ts';
import type { Word } from './word.ts';

const OPERATOR = /\|\||&&|\|&?|;;?|&|\n|\(|\)/y;
const REDIRECT = /\d*(>&|<&|>\||>>?|<<-|<<?<?|&>>?)(?!\()/y;

/** The commands of a script. Never throws: what is not closed ends with the text. */
export function shellCommands(script: Word, grammar: Grammar = grammarOf('sh')): ShellCommand[] {
  return new ScriptReader(script, grammar, 0, null).read(0, false).commands;
}

/** A text that follows the line it is announced in; the commands in it belong to the one that it is fed to. */
interface HereDocument {
  readonly delimiter: string;
  /** Tabs before its lines do not count. */
  readonly indented: boolean;
  readonly inside: ShellCommand[];
}

class ScriptReader {
  readonly #script: Word;
  readonly #text: string;
  readonly #grammar: Grammar;
  readonly #depth: number;
  readonly #outer: Subshell | null;
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  /** Of the command that is read. */
  #words: Word[] = [];
  #outputs: Word[] = [];
  #inputs: Word[] = [];
  #inside: ShellCommand[] = [];
  #joined: string | null = null;
  #subshell: Subshell | null;
  /** Of substitutions that are fed by it. */
  #fed: ShellCommand[] = [];
  #word: { readonly start: number; text: string } | null = null;
  #redirecting: string | null = null;
  #announced: HereDocument[] = [];

  constructor(script: Word, grammar: Grammar, depth: number, outer: Subshell | null) {
    this.#script = script;
    this.#text = script.text;
    this.#grammar = grammar;
    this.#depth = depth;
    this.#outer = outer;
    this.#subshell = outer;
  }

  /** From this place on: to the end, or `inParentheses` to the one that closes them. `end` is where it stopped. */
  read(from: number, inParentheses: boolean): { readonly commands: ShellCommand[]; readonly end: number } {
    this.#at = from;
    if (this.#depth > DEEPEST) {
      this.#unread(from, this.#text.length);
      return { commands: this.#commands, end: this.#text.length };
    }
    let open = 0;
    while (this.#at < this.#text.length) {
      const letter = this.#text.charAt(this.#at);
      if (letter === ')' && inParentheses && open === 0) break;
      if (this.#quoted(letter) || this.#substituted(letter) || this.#passedOver(letter) || this.#redirected(letter))
        continue;
      const operator = this.#match(OPERATOR);
      if (operator !== null) {
        open += operator === '(' ? 1 : operator === ')' && open > 0 ? -1 : 0;
        this.#operator(operator);
      } else if (/\s/.test(letter)) {
        this.#endWord();
        this.#at++;
      } else {
        this.#add(letter, this.#at);
        this.#at++;
      }
    }
    this.#at = Math.min(this.#at, this.#text.length);
    this.#endCommand();
    this.#hereDocuments();
    return { commands: this.#commands, end: this.#at };
  }

  /** What stands in quotes, or behind a mark. */
  #quoted(letter: string): boolean {
    const { mark, single, posix } = this.#grammar;
    const start = this.#at;
    if (posix && letter === '$' && /["']/.test(this.#text.charAt(start + 1))) {
      this.#at++;
      if (this.#text.charAt(this.#at) === "'") this.#cString(start);
    } else if (letter === "'" && single !== 'letter') {
      this.#at++;
      this.#add('', start);
      while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== "'") {
        if (single === 'marked' && this.#text.charAt(this.#at) === mark) this.#at++;
        this.#add(this.#text.charAt(this.#at), start);
        this.#at++;
      }
      this.#at++;
    } else if (letter === '"') this.#doubleQuoted();
    else if (letter === mark) {
      const next = this.#text.charAt(start + 1);
      // Before a line's end it joins the lines, in the middle of a word too; a space cmd takes for one all the same.
      const apart = mark === '^' && /[^\S\n]/.test(next);
      if (!apart && next !== '\n') this.#add(next, start);
      this.#at += apart ? 1 : 2;
    } else return false;
    return true;
  }

  #cString(start: number): void {
    const { text, end } = readCString(this.#text, this.#at + 1);
    this.#add(text, start);
    // To a shell without such strings it ends at this quote, and what follows is another thing.
    if (this.#text.slice(this.#at + 1, end).includes("\\'")) this.#unread(start, end);
    this.#at = end + 1;
  }

  #doubleQuoted(): void {
    const { mark } = this.#grammar;
    this.#add('', this.#at);
    this.#at++;
    while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== '"') {
      const letter = this.#text.charAt(this.#at);
      if (!/[<>(]/.test(letter) && this.#substituted(letter)) continue;
      if (letter === mark && mark !== '^') this.#at++;
      this.#add(this.#text.charAt(this.#at), this.#at);
      this.#at++;
    }
    this.#at++;
  }

  /** `$(`, `<(`, `>(` or a backquote, and all that is in it. */
  #substituted(letter: string): boolean {
    const start = this.#at;
    if (!this.#grammar.substitutes) return false;
    const outer = { outer: this.#subshell };
    const opened = this.#grammar.bare && letter === '(' ? 1 : 2;
    if (opened === 1 || (/[$<>]/.test(letter) && this.#text.charAt(start + 1) === '(')) {
      const within = new ScriptReader(this.#script, this.#grammar, this.#depth + 1, outer).read(start + opened, true);
      this.#at = Math.min(within.end + 1, this.#text.length);
      if (letter === '>')
        for (const command of within.commands)
          this.#fed.push({ ...command, joined: command.joined ?? '|', beside: true });
      else this.#keepInside(within.commands);
    } else if (letter === '`' && this.#grammar.mark !== '`') {
      let end = start + 1;
      while (end < this.#text.length && this.#text.charAt(end) !== '`') end += this.#text.charAt(end) === '\\' ? 2 : 1;
      const text = this.#text.slice(start + 1, end);
      this.#keepInside(this.#readInside(text.includes('\\`') ? text.replaceAll('\\`', '`') : text, start + 1, end));
      this.#at = Math.min(end + 1, this.#text.length);
    } else return false;
    this.#add(this.#text.slice(start, this.#at), start);
    return true;
  }

  #keepInside(commands: readonly ShellCommand[]): void {
    for (const command of commands) this.#inside.push({ ...command, joined: command.joined ?? '$(' });
  }

  /** The commands of a part that is a script by itself. */
  #readInside(text: string, from: number, to: number): ShellCommand[] {
    const part = { text, ...this.#place(from, to) };
    return new ScriptReader(part, this.#grammar, this.#depth + 1, { outer: this.#subshell }).read(0, false).commands;
  }

  /** Comments, texts of many lines in PowerShell, and signs that only say how a command is run. */
  #passedOver(letter: string): boolean {
    const { mark, calls, silent } = this.#grammar;
    const begins = this.#word === null && this.#words.length === 0;
    if (begins && ((calls && letter === '&') || letter === silent)) {
      this.#at++;
      return true;
    }
    for (const [opened, closed] of mark === '`' ? POWERSHELL_BLOCKS : []) {
      const opening = this.#match(opened);
      if (opening === null) continue;
      this.#at = this.#indexOr(closed, this.#at + opening.length - 1) + closed.length;
      return true;
    }
    if (letter !== '#' || this.#word !== null || mark === '^') return false;
    this.#at = this.#indexOr('\n', this.#at);
    return true;
  }

  #redirected(letter: string): boolean {
    const operator = this.#word === null || /[<>&]/.test(letter) ? this.#match(REDIRECT) : null;
    if (operator === null) return false;
    this.#endWord();
    this.#redirecting = operator;
    this.#at += operator.length;
    return true;
  }

  #operator(operator: string): void {
    this.#endWord();
    const defines = operator === '(' && this.#grammar.posix && this.#words.length > 0;
    const ended = this.#endCommand(defines);
    // A line's end and an opened subshell only join where a command stood before: `|` reaches over both.
    if (ended || !/[\n(]/.test(operator)) this.#joined = /[\n()]/.test(operator) ? ';' : operator;
    // In others than POSIX’s these only hold commands together.
    if (operator === '(' && this.#grammar.posix) this.#subshell = { outer: this.#subshell };
    else if (operator === ')' && this.#subshell !== this.#outer) this.#subshell = this.#subshell?.outer ?? null;
    this.#at += operator.length;
    if (operator === '\n') this.#hereDocuments();
  }

  /** Those that were announced in the line before. What would be a command in one is looked at as one: it may be fed to a shell. */
  #hereDocuments(): void {
    for (const { delimiter, indented, inside } of this.#announced) {
      const from = this.#at;
      let line = from;
      for (;;) {
        const end = this.#indexOr('\n', line);
        const text = this.#text.slice(line, end);
        const last = (indented ? text.replace(/^\t+/, '') : text) === delimiter;
        if (last || end === this.#text.length) {
          const to = last ? line : end;
          for (const command of this.#readInside(this.#text.slice(from, to), from, to))
            inside.push({ ...command, joined: command.joined ?? '$(', text: true });
          this.#at = end;
          break;
        }
        line = end + 1;
      }
      if (this.#text.charAt(this.#at) === '\n') this.#at++;
    }
    this.#announced = [];
  }

  #endWord(): void {
    if (this.#word === null) return;
    const { text, start } = this.#word;
    const said = this.#words.length === 0 ? this.#grammar.words?.get(text) : undefined;
    const made = { text: said ?? text, ...this.#place(start, this.#at) };
    const operator = this.#redirecting;
    if (operator === null) this.#words.push(made);
    else if (operator.includes('>')) this.#outputs.push(made);
    else this.#inputs.push(made);
    if (this.#grammar.posix && /<<-?$/.test(operator ?? '') && !operator?.includes('<<<'))
      this.#announced.push({ delimiter: made.text, indented: operator?.endsWith('-') === true, inside: this.#inside });
    this.#redirecting = null;
    this.#word = null;
  }

  /** Whether there was one. */
  #endCommand(defines = false): boolean {
    this.#endWord();
    const [words, outputs, inputs, inside] = [this.#words, this.#outputs, this.#inputs, this.#inside];
    const some = words.length + outputs.length + inputs.length + inside.length > 0;
    const [joined, subshell] = [this.#joined, this.#subshell];
    if (some)
      this.#commands.push({
        words,
        joined,
        outputs,
        inputs,
        inside,
        subshell,
        ...(defines && { defines: true as const }),
      });
    for (const command of this.#fed) this.#commands.push(command);
    [this.#words, this.#outputs, this.#inputs, this.#inside, this.#fed] = [[], [], [], [], []];
    return some;
  }

  /** Something that is not read. */
  #unread(from: number, to: number): void {
    const words = [{ text: this.#text.slice(from, to), ...this.#place(from, to) }];
    const [joined, subshell] = [null, this.#subshell];
    this.#commands.push({ words, joined, outputs: [], inputs: [], inside: [], subshell, unread: true });
  }

  #add(more: string, from: number): void {
    this.#word ??= { start: from, text: '' };
    this.#word.text += more;
  }

  #place(start: number, end: number): Pick<Word, 'where' | 'start' | 'length'> {
    const { where, start: before, length } = this.#script;
    return length === this.#text.length
      ? { where, start: before + start, length: end - start }
      : { where, start: before, length };
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #indexOr(wanted: string, from: number): number {
    const found = this.#text.indexOf(wanted, from);
    return found < 0 ? this.#text.length : found;
  }
}
