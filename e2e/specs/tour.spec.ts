import { expect, type Page } from '@playwright/test';
import { test } from '../fixtures/shell.ts';

/** The guided tour, as a new user takes it: everything in it really happens. */
test('the tour: consent, review, a read, a write denied, a write allowed, the audit, the proof, a byte changed', async ({
  shell,
}, info) => {
  const { main, approval } = shell;
  const step = (title: string) => main.getByRole('listitem').filter({ hasText: title });
  const seen = (title: string) => expect(step(title).getByRole('img', { name: 'done' })).toBeVisible();
  const next = () => main.getByRole('button', { name: 'Next' }).click();
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' });

  await expect(main.getByRole('heading', { name: 'Welcome to Countersign' })).toBeVisible();
  await picture(main, 'welcome');
  await main.getByRole('button', { name: 'Begin' }).click();
  await expect(approval.getByRole('heading', { level: 1 })).toContainText('tour');
  await picture(approval, 'consent');
  await shell.allow(/^Agree|^Allow/);
  await seen('Add a real file-system server');

  await next();
  await expect(approval.getByText('write_file', { exact: true })).toBeVisible();
  await picture(approval, 'tools');
  await shell.allow(/^A/);
  await seen('Start it, look at its tools');

  await next();
  await seen('A client reads a file');

  await next();
  await expect(approval.getByRole('heading', { level: 1 })).toContainText('(1 line)');
  await picture(approval, 'call');
  await approval.getByRole('button', { name: /^Deny/ }).first().click();
  await seen('The client wants to write a file');

  await next();
  await expect(approval.getByRole('heading', { level: 1 })).toContainText('(1 line)');
  await shell.allow(/^Allow once/);
  await seen('The client tries again');

  for (const title of ['Find everything', 'Prove that the ledger', 'Change one byte']) {
    await next();
    await seen(title);
  }
  await expect(step('Change one byte')).toContainText('altered');
  await picture(main, 'done');
});
