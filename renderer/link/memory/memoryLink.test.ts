import { expect, test } from 'vitest';
import { z } from 'zod';
import { openCedar } from '../../../main/adapters/cedar/cedar.ts';
import { askView } from '../../../main/contract/ask.ts';
import { auditPage, auditRow, auditRows } from '../../../main/contract/audit.ts';
import { launchReview } from '../../../main/contract/launch.ts';
import { policyExplanation, policyReplay } from '../../../main/contract/policy.ts';
import { recordView } from '../../../main/contract/record.ts';
import { secretInfo } from '../../../main/contract/secret.ts';
import { logLine, serverSummary, sessionInfo } from '../../../main/contract/server.ts';
import { daemonStatus, doctorCheck, policyState } from '../../../main/contract/status.ts';
import { definitionReview } from '../../../main/contract/tool.ts';
import { tourState } from '../../../main/contract/tour.ts';
import { CEDAR_SCHEMA } from '../../../main/core/policy/schema.ts';
import { askOf, SUBJECTS } from './asks.ts';
import { memoryClient } from './memoryLink.ts';
import { SERVERS } from './servers.ts';

const link = memoryClient({ scenario: 'full' });

test('the policies that the gallery shows are policies', async () => {
  const cedar = openCedar(CEDAR_SCHEMA);
  const { files, proposal } = await link.policy.state();
  const proposed = (proposal?.files ?? []).map(({ file, after }) => ({ file, text: after ?? '' }));
  for (const source of [...files, ...proposed]) expect(cedar.read(source).faults).toEqual([]);
});

test('what the gallery shows is what the daemon could send', async () => {
  daemonStatus.parse(await link.daemon.status());
  z.array(doctorCheck).parse(await link.daemon.doctor());
  z.array(serverSummary).parse(await link.servers.list());
  z.array(sessionInfo).parse(await link.servers.sessions());
  for (const { name } of SERVERS) launchReview.parse(await link.servers.review({ server: name }));
  z.array(logLine).parse(await link.servers.logs({ server: 'files' }));
  z.array(definitionReview).parse(await link.tools.list({ server: 'files' }));
  z.array(askView).parse(await link.asks.list({ open: false }));
  for (const subject of Object.values(SUBJECTS)) askView.parse(askOf(1, subject));
  z.array(secretInfo).parse(await link.secrets.list());
  policyState.parse(await link.policy.state());
  policyExplanation.parse(await link.policy.explain({ server: 'files', tool: 'write_file' }));
  policyReplay.parse(await link.policy.replay({}));
  tourState.parse(await link.tour.state());
});

test('the audit’s table has the records of its pages, and as many rows as it is to have', async () => {
  const { records, total } = auditRows.parse(await link.audit.rows({ offset: 200, limit: 200 }));
  const [first] = (await link.audit.search({ limit: 1, cursor: total - 200 })).records;
  expect(records[0]).toEqual(first);
  expect(auditRow.parse(await link.audit.rowOf({ to: { record: first?.id ?? '' } })).row).toBe(200);
  const long = await memoryClient({ scenario: 'full', rows: 1_000_000 }).audit.rows({ offset: 999_999, limit: 9 });
  expect(long).toMatchObject({ total: 1_000_000, records: [{ seq: 0 }] });
});

test('the audit has pages that end, and a call has its whole story', async () => {
  let page = auditPage.parse(await link.audit.search({ limit: 200 }));
  let count = page.records.length;
  const [newest] = page.records;
  while (page.next !== null) {
    page = auditPage.parse(await link.audit.search({ limit: 200, cursor: page.next }));
    count += page.records.length;
  }
  expect(count).toBe(page.total);
  const story = z.array(recordView).parse(await link.audit.show({ id: newest?.id ?? '' }));
  expect(story.map((record) => record.type)).toEqual(['asked', 'answered', 'intent', 'outcome']);
});
