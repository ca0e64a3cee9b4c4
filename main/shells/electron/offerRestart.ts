import { app, dialog } from 'electron';
import { marked } from './marked.ts';

/** Says that the daemon does not stay up and why, and lets the person try again or quit. Nothing governed goes through meanwhile. */
export async function offerRestart(reason: string, mark: string | null, restart: () => void): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Countersign cannot keep its daemon running',
    detail: marked(`${reason}\n\nUntil it runs, every call that needs it is refused.`, mark),
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) restart();
  else app.quit();
}
