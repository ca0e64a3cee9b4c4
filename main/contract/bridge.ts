/** Names shared by a window's page, its preload and the desktop app. Names only: preloads bundle this file. */

/** The page asks for a link to the daemon; the answer is a `message` event of `PORT_MESSAGE` with one MessagePort. */
export const CONNECT_CHANNEL = 'countersign:connect';

/** From the desktop app to the preload, and as the data of the page's `message` event: here is the port. */
export const PORT_MESSAGE = 'countersign:port';

/** The main window asks to bring the approval window into sight. */
export const SHOW_PROMPT_CHANNEL = 'countersign:show-prompt';

/** What a preload puts into its page as `window.countersign`. `showPrompt` is in the main window only. */
export interface Bridge {
  /** Asks for a port; call it again after the port's `close` event. */
  connect(): void;
  /** Brings the approval window into sight when an ask is open. */
  showPrompt?(): void;
}
