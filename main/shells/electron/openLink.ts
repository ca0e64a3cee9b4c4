import { dialog, shell } from 'electron';
import { openableLink } from './openableLink.ts';

/** Shows the whole address and opens it in the browser when the person says so; anything but https is dropped. */
export async function openLink(url: string): Promise<void> {
  const href = openableLink(url);
  if (href === null) return;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Open this address in your browser?',
    detail: href,
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openExternal(href);
}
