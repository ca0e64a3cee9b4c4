/** The newest receipt: how far the collector has the records, and the head that it cosigned. */
import type { DeviceHead } from '../../contract/collector.ts';
import { openCosigned, readCosignerKey } from '../../core/ledger/cosignature.ts';
import { splitNote } from '../../core/ledger/note.ts';
import type { LedgerCrypto } from '../audit/ports.ts';
import type { ReceiptFile } from './ports.ts';

export interface Receipt {
  readonly epoch: number;
  /** Records that the collector has. */
  readonly size: number;
  /** Records that the head covers. */
  readonly seen: number;
  /** The head, cosigned. */
  readonly note: string;
  /** When the collector cosigned it, seconds since 1970. */
  readonly seconds: number;
}

/** What the collector's answer proves under its key; null when it proves nothing. */
export function provedReceipt(
  { sha256, verify }: Pick<LedgerCrypto, 'sha256' | 'verify'>,
  { epoch, size, seen, receipt }: Omit<DeviceHead, 'turn'>,
  cosigner: string,
): Receipt | null {
  const key = readCosignerKey(sha256, cosigner);
  const said = key === null || receipt === null ? null : openCosigned(sha256, receipt, key, verify);
  if (said === null || receipt === null) return null;
  const [origin = '', covers = ''] = said.text.split('\n');
  const fits = origin.endsWith(`/${epoch}`) && Number(covers) === seen && size <= seen;
  return fits ? { epoch, size, seen, note: receipt, seconds: said.seconds } : null;
}

/** Whether the receipt is over this very head. */
export function isOver({ note }: Receipt, head: string): boolean {
  return splitNote(note)?.text === splitNote(head)?.text;
}

/** The receipt that was kept; null when there is none that proves anything under this key. */
export async function keptReceipt(
  file: ReceiptFile,
  crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>,
  cosigner: string,
): Promise<Receipt | null> {
  try {
    const { epoch, size, seen, note } = JSON.parse((await file.read()) ?? '') as Receipt;
    return provedReceipt(crypto, { epoch, size, seen, receipt: note }, cosigner);
  } catch {
    // A file that is none says nothing: the collector is asked again.
    return null;
  }
}
