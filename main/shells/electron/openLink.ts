import { dialog, shell } from 'electron';

/** The address as it will be opened; null unless it is https, without a user name and with an ordinary host. */
export function openableLink(url: string): string | null {
  try {
    const { protocol, username, password, hostname, href } = new URL(url);
    return protocol === 'https:' && username === '' && password === '' && hostname.includes('.') ? href : null;
  } catch {
    return null;
  }
}

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
