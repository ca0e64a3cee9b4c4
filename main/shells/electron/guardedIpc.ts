import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { z } from 'zod';
import { isOfPage, type Page } from './pages.ts';

/** Who may send on a channel: the top frame of this one window, while it shows this page. */
export interface Sender {
  readonly contents: WebContents;
  readonly page: Page;
}

/** The only use of `ipcMain`: hands a message on when its sender is the expected one and its arguments fit the schema. Returns the way to stop. */
export function listen<T extends z.ZodType>(
  channel: string,
  sender: Sender,
  schema: T,
  take: (message: z.output<T>) => void,
): () => void {
  const receive = (event: IpcMainEvent, ...args: unknown[]) => {
    if (!isFrom(event, sender)) return;
    const message = schema.safeParse(args);
    if (message.success) take(message.data);
    else console.error(`A malformed message on ${channel} was dropped.`);
  };
  ipcMain.on(channel, receive);
  return () => ipcMain.off(channel, receive);
}

/** True only for the top frame of the window, at a URL of the page; a frame that is gone or has no URL yet is nobody. */
function isFrom(event: IpcMainEvent, { contents, page }: Sender): boolean {
  const frame = event.senderFrame;
  if (frame === null || contents.isDestroyed() || event.sender.id !== contents.id) return false;
  return frame.parent === null && frame === contents.mainFrame && isOfPage(page, frame.url);
}
