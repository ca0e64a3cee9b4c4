import { Notification } from 'electron';

/** Shows a native notification that stays until it is clicked, which calls `open`, or taken back by what is returned. */
export function showNotice(notice: { readonly title: string; readonly body: string }, open: () => void): () => void {
  const notification = new Notification({ ...notice, urgency: 'critical' });
  notification.on('click', () => {
    // Not every notification service takes away what was clicked, and afterwards Electron has let go of it.
    notification.close();
    open();
  });
  notification.show();
  return () => notification.close();
}
