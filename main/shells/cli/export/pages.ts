import type { OpenApi } from '../../../adapters/socket/rpc.ts';
import type { ExportPage, ExportRequest } from '../../../contract/export.ts';

/** Every page of an export, one after the other, all proved by the head of the first. Ends early when interrupted. */
export async function* exportPages(
  api: OpenApi['api'],
  query: ExportRequest['query'],
  from: number,
  interrupted: AbortSignal,
): AsyncGenerator<ExportPage> {
  let at: number | null = from;
  let checkpoint: string | undefined;
  while (at !== null && !interrupted.aborted) {
    const page: ExportPage = await api.audit.export({
      query,
      from: at,
      ...(checkpoint !== undefined && { checkpoint }),
    });
    checkpoint = page.header.checkpoint;
    yield page;
    at = page.next;
  }
}
