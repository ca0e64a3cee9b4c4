/** The newest receipt: how far the collector has the records, and the head that it cosigned. */
import { type DeviceHead, deviceHead, receivedText } from '../../contract/collector.ts';
import { Refused } from '../../contract/refusal.ts';
import type { SyncEnrolment } from '../../contract/sync.ts';
import { openCosigned, readCosignerKey } from '../../core/ledger/cosignature.ts';
import { splitNote } from '../../core/ledger/note.ts';
import type { OutgoingHead, OutgoingLedger } from '../audit/outgoing.ts';
import type { LedgerCrypto } from '../audit/ports.ts';
import type { ReceiptFile } from './ports.ts';

export interface Receipt {
  readonly epoch: number;
  /** Records that the collector has, under its signature. */
  readonly size: number;
  readonly signature: string;
  /** Records that the head covers. */
  readonly seen: number;
  /** The head, cosigned. */
  readonly note: string;
  /** When the collector cosigned it, seconds since 1970. */
  readonly seconds: number;
}

/** The end of the last year that a time of ours can name. */
const LAST_SECOND = 253_402_300_799;

/** What came back as an answer. Throws `Refused('COLLECTOR_UNREACHABLE')` for what is none. */
export function readAnswer(answer: unknown): DeviceHead {
  const read = deviceHead.safeParse(answer);
  if (!read.success) throw new Refused('COLLECTOR_UNREACHABLE', 'it answers with something else');
  return read.data;
}

/** Who gives it, and to whom. */
type Parties = Pick<SyncEnrolment, 'device' | 'cosigner'>;

/** What the collector's answer proves under its key; null when it proves nothing. */
export function provedReceipt(
  { sha256, verify }: Pick<LedgerCrypto, 'sha256' | 'verify'>,
  { epoch, size, seen, receipt, signature }: Omit<DeviceHead, 'turn'>,
  { device, cosigner }: Parties,
): Receipt | null {
  const key = readCosignerKey(sha256, cosigner);
  if (key === null || receipt === null) return null;
  const received = Buffer.from(receivedText(device, { epoch, size }));
  const said = openCosigned(sha256, receipt, key, verify);
  if (said === null || !verify(key.publicKey, received, Buffer.from(signature, 'base64'))) return null;
  const [origin = '', covers = ''] = said.text.split('\n');
  const fits = origin.endsWith(`/${epoch}`) && Number(covers) === seen && size <= seen && said.seconds <= LAST_SECOND;
  return fits ? { epoch, size, signature, seen, note: receipt, seconds: said.seconds } : null;
}

/** Whether the receipt is over this very head of the ledger, or over an earlier state of the same. */
export function isOver({ note, seen }: Receipt, head: OutgoingHead, { root }: Pick<OutgoingLedger, 'root'>): boolean {
  const [said, own] = [splitNote(note)?.text ?? '', splitNote(head.note)?.text ?? ''];
  if (seen === head.size) return said === own;
  const [origin, , covered] = said.split('\n');
  return origin === own.split('\n')[0] && covered === root(seen);
}

/** The receipt that was kept; null when there is none that proves anything under this key. */
export async function keptReceipt(
  file: ReceiptFile,
  crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>,
  parties: Parties,
): Promise<Receipt | null> {
  try {
    const { epoch, size, seen, note, signature } = JSON.parse((await file.read()) ?? '') as Receipt;
    return provedReceipt(crypto, { epoch, size, seen, receipt: note, signature }, parties);
  } catch {
    // A file that is none says nothing: the collector is asked again.
    return null;
  }
}
