import { expect, onTestFinished, test } from 'vitest';
import { agreeToLaunch, startDaemon } from '../fixtures/daemon.ts';
import { makeHome, serverFile } from '../fixtures/home.ts';

test('where a sandbox that was there is gone, that is said, and nothing starts before somebody agrees to it', async () => {
  const home = makeHome();
  onTestFinished(() => home.remove());
  const server = 'echo';
  const entry = { command: process.execPath, args: [serverFile('echo')] };
  const first = await startDaemon(home);
  const { confines } = await first.app.daemon.status();
  await first.app.servers.add({ name: server, entry });
  await agreeToLaunch(first, server);
  expect(await first.app.servers.review({ server })).toMatchObject({ launch: { reach: { enforced: confines } } });
  await first.stop();

  const daemon = await startDaemon(home, { withoutBubblewrap: true });
  onTestFinished(() => daemon.stop());
  expect((await daemon.app.daemon.status()).confines).toBe(false);
  const checks = (await daemon.app.daemon.doctor()).filter(({ id }) => id === 'sandbox' || id === 'isolation');
  expect(checks).toHaveLength(2);
  for (const check of checks)
    expect(check).toMatchObject({ state: 'warning', fix: expect.stringContaining('bubblewrap') });
  const review = await daemon.app.servers.review({ server });
  expect(review.launch?.reach).toMatchObject({ preset: 'standard', enforced: false });
  // On a machine that had none before either, nothing has changed.
  expect(review.consent).toBe(confines ? 'changed' : 'given');
  if (confines) expect(review.differences).toContainEqual({ where: 'reach enforced', before: 'yes', after: 'no' });
});
