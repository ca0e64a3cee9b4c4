/**
 * The browser shell's first exchange (SECURITY.md rule 21). A one-time link `http://127.0.0.1:PORT/#CODE` opens the page;
 * the page posts the code of its fragment to `POST /session` and keeps the token in memory only. The token then opens
 * WebSockets at `/link`, as the subprotocol `countersign.TOKEN`. What is refused answers 403 with `{"refused": …}`.
 *
 * In headless mode a page that holds a token may ask `POST /approval` (header `Authorization: Bearer TOKEN`) for the
 * code of an approval page, which it opens as `/approval#CODE`: a session of its own, good for answering with the passcode.
 */
import { z } from 'zod';

/** 32 random bytes, base64url. */
const secretText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const sessionRequest = z.object({ code: secretText });

/** `door` says which page the token belongs to. */
export const sessionGrant = z.object({ token: secretText, door: z.enum(['app', 'approval']) });
export type SessionGrant = z.infer<typeof sessionGrant>;

/** What `POST /approval` answers. */
export const approvalCode = z.object({ code: secretText });

/** What precedes the token in the WebSocket's subprotocol. */
export const SUBPROTOCOL_PREFIX = 'countersign.';
