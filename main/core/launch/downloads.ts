/** Files and folders that the commands of a script fetch, so that what is run of them afterwards can be told. */
import { innermost, nameOf } from './innermost.ts';
import { isInterpreter } from './launchers.ts';
import type { ShellCommand } from './shellScript.ts';
import type { Word } from './word.ts';

const FETCHER =
  /^(curl|wget2?|fetch|aria2c|axel|https?|xh|lynx|w3m|iwr|irm|invoke-webrequest|invoke-restmethod|certutil|bitsadmin|start-bitstransfer)$/;

/** Whether a program of this name prints or writes what a web address answers. */
export function isFetcher(name: string): boolean {
  return FETCHER.test(name);
}

/** Programs that bring files from other machines, named as they are there. */
const BRINGS = /^(nc|ncat|netcat|scp|sftp|rsync|ftp)$/;

export class Downloads {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  /** What was downloaded lies here, under names of its own. */
  #here = false;

  /** Notes what a command leaves; `fed` where it is given what a download prints. */
  note({ words, outputs }: ShellCommand, fed: boolean): void {
    const inner = innermost(words);
    const name = nameOf(inner);
    if (BRINGS.test(name))
      for (const { text } of [...inner.slice(1), ...outputs]) this.#add(text.replace(/^[^/]*:/, ''));
    else if (/^(tar|bsdtar|unzip|cpio)$/.test(name) && (fed || this.has(inner))) this.#here = true;
    else if (isFetcher(name)) for (const file of [...named(inner), ...outputs]) this.#add(file.text);
    else if (fed) for (const file of [...outputs, ...(name === 'tee' ? inner.slice(1) : [])]) this.#add(file.text);
    else if (name === 'git' && inner.some(({ text }) => text === 'clone'))
      for (const { text } of inner.filter((word) => /[/\\:]/.test(word.text)))
        this.#folders.add(lastName(text.replace(/(\.git)?[/\\]?$/, '')));
  }

  /** Notes that one goes into such a folder. */
  enter([first, ...words]: readonly Word[]): void {
    if (
      /^(cd|chdir|pushd|sl|set-location)$/i.test(first?.text ?? '') &&
      words.some(({ text }) => this.#folders.has(lastName(text)))
    )
      this.#here = true;
  }

  /** Whether one of these words is such a file, or lies in such a folder. */
  has(words: readonly Word[]): boolean {
    const inner = innermost(words);
    const [program, ...rest] = inner;
    if (this.#here && program && /^\.{1,2}\//.test(program.text)) return true;
    if (this.#here && isInterpreter(nameOf(inner)) && rest.some(({ text }) => /^[\w.@]/.test(text))) return true;
    if (this.#files.size + this.#folders.size === 0) return false;
    return words.some(({ text }) => {
      const parts = text.split(/[/\\]/);
      return this.#files.has(parts.at(-1) ?? '') || parts.slice(0, -1).some((part) => this.#folders.has(part));
    });
  }

  #add(path: string): void {
    const name = lastName(path);
    if (name !== '') this.#files.add(name);
  }
}

/** What a download is told to be called, and what its addresses end in. */
function named(words: readonly Word[]): { readonly text: string }[] {
  return words.flatMap(({ text }, index) => {
    const attached = /^(?:--output=|--output-document=|-[oO])(.+)$/.exec(text)?.[1];
    if (attached !== undefined) return [{ text: attached }];
    if (/^(-\w*[oO]|--output|--output-document|-OutFile)$/i.test(text)) return words.slice(index + 1, index + 2);
    return /^https?:/i.test(text) ? [{ text }] : [];
  });
}

function lastName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}
