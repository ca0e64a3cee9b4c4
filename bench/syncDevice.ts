/** A device as the collector sees one: a ledger made up beforehand, signed, cut into batches. */
import { createHmac, generateKeyPairSync, hash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { httpbis } from 'http-message-signatures';
import type { Fleet } from '../e2e/fixtures/collector.ts';
import { enrolmentText, type SentRecord, type SyncBatch } from '../main/contract/collector.ts';
import type { SyncSending } from '../main/contract/sync.ts';

const sha256 = (...parts: (string | Uint8Array)[]): Buffer =>
  hash('sha256', Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array))), 'buffer');
const compress = promisify(zstdCompress);
const rawKey = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).subarray(-32);

const SENDING: SyncSending = {
  read: 'everything',
  'read-sensitive': 'everything',
  write: 'everything',
  external: 'everything',
  other: 'everything',
};
const BATCH = 1000;
const WORDS = ['notes', 'report', 'invoice', 'draft', 'summer', 'budget', 'orders', 'letter', 'minutes', 'plan'];

/** A request that is ready to go out, but for its signature. */
interface Ready {
  readonly body: Buffer;
  readonly records: number;
}

/** A call's intent or outcome as the daemon writes them, with a payload of some 200 bytes. */
function record(seq: number, times: number): SentRecord {
  const word = WORDS[seq % WORDS.length];
  const path = `/home/mara/work/${word}/${word}-${seq % 977}.md`;
  const body = Buffer.from(
    JSON.stringify({ path, content: `${word} ${seq} was changed on a ${seq % 31}th by mara. `.repeat(times) }),
  );
  const key = sha256(`key ${seq}`);
  const id = `01939f3a-7c00-7000-8000-${seq.toString(16).padStart(12, '0')}`;
  const leaf = JSON.stringify({
    at: `2026-11-21T05:00:${String(seq % 60).padStart(2, '0')}.${String(seq % 1e6).padStart(6, '0')}Z`,
    call: id,
    class: 'write',
    client: { name: 'claude-code', program: '/usr/bin/node', version: '2.1.0' },
    decision: 'allow',
    digests: { arguments: `sha256:${sha256(path).toString('hex')}` },
    event: 'forwarded',
    id,
    method: 'tools/call',
    payload: {
      bytes: body.length,
      kept: createHmac('sha256', key).update(body).digest('hex'),
      kind: 'arguments',
      masked: [],
    },
    rule: { file: 'default.cedar', id: 'write-asks', line: 12 },
    server: 'files',
    session: '01939f3a-7c00-7000-8000-000000000001',
    tool: 'write_file',
    type: 'intent',
  });
  return { leaf, payload: { key: key.toString('base64'), body: body.toString('base64') } };
}

/** RFC 6962, 2.1: the tree over leaf hashes, perfect subtrees remembered. */
class Tree {
  readonly #leaves: readonly Buffer[];
  readonly #kept = new Map<string, Buffer>();

  constructor(leaves: readonly Buffer[]) {
    this.#leaves = leaves;
  }

  root(start: number, end: number): Buffer {
    if (end - start === 1) return this.#leaves[start] as Buffer;
    const name = `${start} ${end}`;
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const middle = start + split(end - start);
    const node = sha256(Uint8Array.of(1), this.root(start, middle), this.root(middle, end));
    this.#kept.set(name, node);
    return node;
  }

  /** RFC 6962, 2.1.2, from `first` leaves to all. */
  proof(first: number, start = 0, end = this.#leaves.length, known = true): Buffer[] {
    if (first === end) return known ? [] : [this.root(start, end)];
    const middle = start + split(end - start);
    return first <= middle
      ? [...this.proof(first, start, middle, known), this.root(middle, end)]
      : [...this.proof(first, middle, end, false), this.root(start, middle)];
  }
}

function split(count: number): number {
  let width = 1;
  while (width * 2 < count) width *= 2;
  return width;
}

export class SyncDevice {
  readonly #url: string;
  readonly #ledger = generateKeyPairSync('ed25519');
  readonly #requests = generateKeyPairSync('ed25519');
  #id = '';
  /** That of the newest answer. */
  #turn = 0;
  #ready: Ready[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async enrol(fleet: Fleet): Promise<void> {
    const { code } = await fleet.fleet.code({});
    const requestKey = rawKey(this.#requests.publicKey).toString('base64');
    const proof = sign(null, Buffer.from(enrolmentText({ code, requestKey })), this.#ledger.privateKey).toString(
      'base64',
    );
    const enrolment = { code, name: 'bench', ledgerKey: this.#verifierKey(), requestKey, proof };
    this.#id = (await fleet.device.enrol(enrolment)).device;
  }

  /**
   * Makes so many records up, signed, packed and ready to go. From `other` on they are other ones than usual; `epoch` is
   * the one they are signed in, `times` how long their payloads are.
   */
  async prepare(count: number, { other = count, epoch = 1, times = 3 } = {}): Promise<void> {
    const records = Array.from({ length: count }, (_, seq) => record(seq < other ? seq : seq + 1_000_000, times));
    this.#ready = [];
    const tree = new Tree(records.map((one) => sha256(Uint8Array.of(0), 'leaf' in one ? one.leaf : '')));
    const note = this.#note(epoch, count, tree.root(0, count));
    for (let from = 0; from < count; from += BATCH) {
      const part = records.slice(from, from + BATCH);
      const position = tree.proof(from + part.length).map((node) => node.toString('base64'));
      const since = from === 0 ? null : { size: count, proof: [] };
      const turn = this.#turn + this.#ready.length;
      const batch: SyncBatch = { turn, epoch, from, records: part, note, position, since, sending: SENDING };
      this.#ready.push({ body: await compress(Buffer.from(JSON.stringify(batch))), records: part.length });
    }
  }

  /** Hands everything over, in order; returns how many records that were. */
  async send(): Promise<number> {
    let sent = 0;
    for (const { body, records } of this.#ready) {
      const answer = await this.request(body);
      if (!answer.ok) throw new Error(`The collector refused: ${await answer.text()}`);
      const { size, turn } = (await answer.json()) as { size: number; turn: number };
      this.#turn = turn;
      sent += records;
      if (size < sent) throw new Error(`The collector has ${size} records, not ${sent}.`);
    }
    return sent;
  }

  /** Bodies of the batches, as they go out. */
  bodies(): readonly Buffer[] {
    return this.#ready.map(({ body }) => body);
  }

  /** One signed request with this body; `headers` replace what was signed. */
  async request(body: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return this.#post('batches', body, headers);
  }

  /** Tells of a fault in its own ledger. */
  async report(fault: object): Promise<Response> {
    return this.#post('faults', await compress(Buffer.from(JSON.stringify(fault))));
  }

  async #post(path: string, body: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#url}v1/device/${path}`, {
      method: 'POST',
      headers: { ...(await this.signed(body, new Date(), path)), ...headers },
      body: new Uint8Array(body),
    });
  }

  #name(): string {
    const spki = this.#ledger.publicKey.export({ format: 'der', type: 'spki' });
    return `countersign.dev/ledger/${sha256(spki).toString('hex').slice(0, 16)}`;
  }

  #keyId(name: string): Buffer {
    return sha256(`${name}\n`, Uint8Array.of(1), rawKey(this.#ledger.publicKey)).subarray(0, 4);
  }

  #verifierKey(): string {
    const name = this.#name();
    const key = Buffer.concat([Buffer.of(1), rawKey(this.#ledger.publicKey)]).toString('base64');
    return `${name}+${this.#keyId(name).toString('hex')}+${key}`;
  }

  #note(epoch: number, size: number, root: Buffer): string {
    const origin = `${this.#name()}/${epoch}`;
    const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
    const signature = Buffer.concat([this.#keyId(origin), sign(null, Buffer.from(text), this.#ledger.privateKey)]);
    return `${text}\n— ${origin} ${signature.toString('base64')}\n`;
  }

  /** The headers of a signed request. `created`: when it claims to be from. */
  async signed(body: Buffer, created = new Date(), path = 'batches'): Promise<Record<string, string>> {
    const url = new URL(`v1/device/${path}`, this.#url);
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'zstd',
      'content-digest': `sha-256=:${sha256(body).toString('base64')}:`,
    };
    const key = {
      id: this.#id,
      alg: 'ed25519',
      sign: async (data: Buffer) => sign(null, data, this.#requests.privateKey),
    };
    const fields = ['@method', '@authority', '@path', 'content-digest'];
    const paramValues = { created, nonce: randomBytes(18).toString('base64url') };
    const params = ['created', 'nonce', 'keyid', 'alg'];
    const message = { method: 'POST', url, headers: { ...headers, host: url.host } };
    const { host: _, ...rest } = (await httpbis.signMessage({ key, fields, params, paramValues }, message))
      .headers as Record<string, string>;
    return rest;
  }
}
