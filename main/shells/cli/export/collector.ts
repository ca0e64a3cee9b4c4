import { otlpTarget } from '../../../adapters/export/otlp.ts';
import { jsonlTarget, type Target } from './files.ts';

/** An OpenTelemetry collector, and a file of proofs when one is named: what it holds was accepted. */
export async function collectorTarget(
  endpoint: string,
  headers: Readonly<Record<string, string>>,
  file: string | undefined,
  resume: boolean,
): Promise<Target> {
  const proofs = file === undefined ? null : await jsonlTarget(file, resume);
  let target: ReturnType<typeof otlpTarget> | null = null;
  return {
    from: proofs?.from ?? 0,
    files: proofs?.files ?? [],
    async take(page) {
      target ??= otlpTarget(endpoint, page.header.key, headers);
      await target.send(page.lines);
      await proofs?.take(page);
    },
    async close() {
      await target?.close();
      await proofs?.close();
    },
  };
}
