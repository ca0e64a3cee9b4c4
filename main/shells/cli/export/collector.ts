import { otlpAddress, otlpTarget } from '../../../adapters/export/otlp.ts';
import { jsonlTarget, recordsIn, type Target } from './files.ts';

/** An OpenTelemetry collector, and a file of proofs when one is named: what it holds was accepted. */
export async function collectorTarget(
  endpoint: string,
  headers: Readonly<Record<string, string>>,
  file: string | undefined,
  resume: boolean,
): Promise<Target> {
  const address = otlpAddress(endpoint);
  const proofs = file === undefined ? null : await jsonlTarget(file, resume);
  let target: ReturnType<typeof otlpTarget> | null = null;
  return {
    from: proofs?.from ?? 0,
    files: proofs?.files ?? [],
    async take(part) {
      if (target === null) {
        target = otlpTarget(address, part.header.key, headers);
        // A call whose intent went out before an interruption becomes a span with its outcome.
        if (resume && file !== undefined)
          for await (const lines of recordsIn(file)) for (const line of lines) target.saw(line);
      }
      await target.send(part.lines);
      await proofs?.take(part);
    },
    async close() {
      await target?.close();
      await proofs?.close();
    },
  };
}
