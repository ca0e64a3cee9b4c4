/** The browser's transport: a one-time code becomes a token held in memory, the token opens a WebSocket on the same origin. */
import { RPCLink } from '@orpc/client/websocket';
import { approvalCode, SUBPROTOCOL_PREFIX, sessionGrant } from '../../main/contract/web.ts';
import { LinkEnded, type Transport } from './reconnecting.ts';

export interface WebSession {
  /** Opens a connection with this session's token. Rejects with `LinkEnded` once the token is void. */
  open(): Promise<Transport>;
  /** The address of an approval page, good for one opening (headless mode only). */
  approvalPage(): Promise<string>;
}

/** After this many refused connections in a row the token is taken for void: a WebSocket does not tell why it was refused. */
const REFUSALS = 6;

/** Takes the one-time code out of the address and gives what its token opens. */
export function webSession(): WebSession {
  const code = takeCode();
  let token: string | undefined;
  let refusals = 0;
  return {
    async open() {
      token ??= await exchange(code);
      try {
        const transport = await openSocket(token);
        refusals = 0;
        return transport;
      } catch (error) {
        refusals += 1;
        if (refusals >= REFUSALS) throw new LinkEnded('the session is over');
        throw error;
      }
    },
    async approvalPage() {
      const response = await fetch('/approval', {
        method: 'POST',
        headers: { authorization: `Bearer ${token ?? ''}` },
        cache: 'no-store',
      });
      if (!response.ok) throw new Error(`approval page: ${response.status}`);
      return `/approval#${approvalCode.parse(await response.json()).code}`;
    },
  };
}

/** The one-time code of the link's fragment; the address bar forgets it at once. */
function takeCode(): string | null {
  const match = /^#([A-Za-z0-9_-]{43})$/.exec(location.hash);
  if (match === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return match[1] ?? null;
}

async function exchange(code: string | null): Promise<string> {
  if (code === null) throw new LinkEnded('this page was not opened by its one-time link');
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
    cache: 'no-store',
  });
  if (response.status >= 400 && response.status < 500) throw new LinkEnded('the one-time link was used or is too old');
  if (!response.ok) throw new Error(`session: ${response.status}`);
  return sessionGrant.parse(await response.json()).token;
}

function openSocket(token: string): Promise<Transport> {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const websocket = new WebSocket(`${scheme}//${location.host}/link`, `${SUBPROTOCOL_PREFIX}${token}`);
  const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve(), { once: true }));
  const link = new RPCLink({ websocket });
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () => resolve({ link, closed }), { once: true });
    websocket.addEventListener('close', () => reject(new Error('the connection was refused')), { once: true });
  });
}
