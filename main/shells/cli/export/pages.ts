import type { OpenApi } from '../../../adapters/socket/rpc.ts';
import type { ExportBegun, ExportPage, ExportRequest } from '../../../contract/export.ts';

/** A page with what is true of all of them. */
export type ExportPart = Pick<ExportBegun, 'header' | 'size'> & ExportPage;

/** An export from its first page to its last, all proved by one head. Ends early when interrupted. */
export async function* exportPages(
  api: OpenApi['api'],
  asked: ExportRequest,
  interrupted: AbortSignal,
): AsyncGenerator<ExportPart> {
  const { export: id, header, size } = await api.audit.export(asked);
  for (let at: number | null = header.from; at !== null && !interrupted.aborted; ) {
    const page: ExportPage = await api.audit.exportPage({ export: id, from: at });
    yield { ...page, header, size };
    at = page.next;
  }
}
