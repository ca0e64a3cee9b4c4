import { dialog, shell } from 'electron';
import { marked } from './marked.ts';
import { openableLink } from './openableLink.ts';

/** Shows the whole address and opens it in the browser when the person says so; anything but https is dropped. */
export async function openLink(url: string, mark: string | null): Promise<void> {
  const href = openableLink(url);
  if (href === null) return;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Open this address in your browser?',
    detail: marked(href, mark),
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openExternal(href);
}
