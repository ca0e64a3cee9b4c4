/** An export as it comes in, page by page, and what there is to save of it. */
import type { ExportPage } from '../../../main/contract/export.ts';
import type { Link } from '../../link/link.ts';

export const EXPORT_NAME = 'countersign-audit.jsonl';

export class ExportFile {
  readonly #link: Link;
  readonly #text: string;
  /** Each page as the browser keeps it: beside the page's memory, and on the disk when there is much. */
  readonly #pages: Blob[] = [];
  /** The sequence to go on from. */
  #at = 0;
  records = 0;
  /** The device's public key; empty before the first page. */
  key = '';

  /** Of what the search finds; of everything for an empty one. */
  constructor(link: Link, text: string) {
    this.#link = link;
    this.#text = text;
  }

  /** Takes what is still to come, and says after each page which part of the ledger is read, 0 to 1. Rejects with a refusal; asked again, it goes on. */
  async take(signal: AbortSignal, told: (part: number) => void): Promise<void> {
    const query = this.#text === '' ? {} : { text: this.#text };
    const asked = { query, from: this.#at, as: 'jsonl', to: EXPORT_NAME } as const;
    const { export: id, header, size } = await this.#link.audit.export(asked, { signal });
    this.key = header.key;
    this.#pages.push(new Blob([`${JSON.stringify(header)}\n`]));
    for (let at: number | null = this.#at; at !== null; ) {
      const page: ExportPage = await this.#link.audit.exportPage({ export: id, from: at }, { signal });
      this.#pages.push(new Blob([page.lines.map((line) => `${JSON.stringify(line)}\n`).join('')]));
      this.records += page.lines.length;
      at = page.next;
      this.#at = at ?? size;
      told(this.#at / Math.max(1, size));
    }
  }

  /** All that came, as one file. */
  whole(): Blob {
    return new Blob(this.#pages, { type: 'application/jsonl' });
  }
}
