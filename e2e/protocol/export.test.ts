/** Records taken out by the command: as files that prove themselves, and to an OpenTelemetry collector. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Stage } from '../attacks/stage.ts';
import { countersign } from '../fixtures/command.ts';
import { PROJECT } from '../fixtures/home.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const VERIFY = join(PROJECT, 'main/shells/verify/bin.cjs');

let stage: Stage;
let key: string;
beforeAll(async () => {
  stage = await Stage.open();
  const connection = stage.connect();
  const clientInfo = { name: 'exporter', version: '1.0.0' };
  await connection.request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  connection.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  for (const n of ['first', 'second', 'third'])
    await connection.request('tools/call', {
      name: 'look',
      arguments: { n },
      _meta: { traceparent: `00-${TRACE}-${PARENT}-01` },
    });
  await connection.close();
  ({ key } = JSON.parse(await countersign(stage.home, 'audit', 'identity', '--json')) as { key: string });
});
afterAll(() => stage[Symbol.asyncDispose]());

async function proved(file: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [VERIFY, file, '--key', key]);
  return stdout;
}

test('a file of everything proves itself, is gone on with after it was torn, and a selection says that it is one', async () => {
  const file = stage.path('all.jsonl');
  await countersign(stage.home, 'audit', 'export', '--out', file);
  const whole = readFileSync(file, 'utf8');
  expect(await proved(file)).toMatch(/^Proved\. \d+ records are those that this device signed; every record/);
  truncateSync(file, Math.floor(whole.length * 0.7));
  await countersign(stage.home, 'audit', 'export', '--out', file, '--resume');
  expect(await proved(file)).toContain('every record');
  const some = stage.path('some.jsonl');
  await countersign(stage.home, 'audit', 'export', 'tool:look', 'type:intent', '--out', some);
  expect(await proved(some)).toContain('Proved. 3 records');
  appendFileSync(some, '{"seq":1}\n');
  await expect(proved(some)).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('Line 5') });
});

test('a table for a spreadsheet, with its proofs beside it, from which it is whole again after both were torn', async () => {
  const file = stage.path('calls.csv');
  const table = ['audit', 'export', 'type:intent', 'tool:look', '--format', 'csv', '--out', file];
  await countersign(stage.home, ...table);
  const whole = readFileSync(file, 'utf8');
  const lines = whole.trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^\d+,.*,intent,forwarding,recorder,look,tools\/call,read,allow,/);
  const proofs = `${file}.proof.jsonl`;
  truncateSync(file, 40);
  truncateSync(proofs, Math.floor(readFileSync(proofs).length * 0.7));
  await countersign(stage.home, ...table, '--resume');
  expect(readFileSync(file, 'utf8')).toBe(whole);
  expect(await proved(proofs)).toContain('Proved. 3 records');
});

test('events for a security lake, with their proofs beside them', async () => {
  const file = stage.path('calls.ocsf');
  await countersign(
    stage.home,
    'audit',
    'export',
    'tool:look',
    'type:intent,outcome',
    '--format',
    'ocsf',
    '--out',
    file,
  );
  const events = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(events).toHaveLength(6);
  expect(JSON.parse(events[0] ?? '')).toMatchObject({ type_uid: 600302, api: { operation: 'tools/call look' } });
  expect(await proved(`${file}.proof.jsonl`)).toContain('Proved. 6 records');
});

test('a collector gets every record as a log and each call as a span of its caller’s trace', async () => {
  const got: Record<string, unknown[]> = { '/v1/logs': [], '/v1/traces': [] };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as Record<string, { [key: string]: { [key: string]: unknown[] }[] }[]>;
    for (const [resource] of Object.values(body).map((one) => one))
      for (const scope of resource?.scopeLogs ?? resource?.scopeSpans ?? [])
        got[request.url ?? '']?.push(...(scope.logRecords ?? scope.spans ?? []));
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const proofs = stage.path('sent.jsonl');
  const send = (...more: string[]) => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return countersign(
      stage.home,
      'audit',
      'export',
      '--format',
      'otlp',
      '--endpoint',
      endpoint,
      '--out',
      proofs,
      ...more,
    );
  };
  await send();
  const { records } = await stage.daemon.app.audit.search({ limit: 500 });
  expect(got['/v1/logs']?.length).toBeGreaterThanOrEqual(records.length - 2);
  const spans = got['/v1/traces'] as { name: string; traceId: string; parentSpanId: string; attributes: unknown[] }[];
  expect(spans.filter(({ traceId }) => traceId === TRACE)).toHaveLength(3);
  expect(spans[0]).toMatchObject({ name: 'tools/call look', traceId: TRACE, parentSpanId: PARENT, kind: 3 });
  expect(spans[0]?.attributes).toContainEqual({ key: 'mcp.method.name', value: { stringValue: 'tools/call' } });
  expect(spans[0]?.attributes).toContainEqual({ key: 'gen_ai.tool.name', value: { stringValue: 'look' } });

  // Broken off between the intent and the outcome of the last call, it goes on with that call’s span.
  const sent = readFileSync(proofs, 'utf8');
  truncateSync(proofs, Buffer.byteLength(sent.slice(0, sent.indexOf('\n', sent.lastIndexOf('"type":"intent"')) + 1)));
  spans.length = 0;
  await send('--resume');
  expect(spans.map(({ traceId }) => traceId)).toEqual([TRACE]);
});

test('records go to other machines over https only, and a collector that does not take them is said', async () => {
  const export_ = (endpoint: string) =>
    countersign(stage.home, 'audit', 'export', '--format', 'otlp', '--endpoint', endpoint, '--json');
  const refused = (why: string) => ({ code: 1, stdout: expect.stringContaining(why) });
  await expect(export_('http://example.com')).rejects.toMatchObject(refused('over https only'));
  const unwilling = createServer((_, response) => response.writeHead(400).end()).listen(0, '127.0.0.1');
  await once(unwilling, 'listening');
  const { port } = unwilling.address() as AddressInfo;
  await expect(export_(`http://127.0.0.1:${port}`)).rejects.toMatchObject(refused('did not take the records'));
  unwilling.close();
});
