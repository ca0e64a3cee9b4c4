/** What sending needs of the world. */
import type { DeviceHead, SyncBatch } from '../../contract/collector.ts';
import type { SyncEnrolment } from '../../contract/sync.ts';

/** One collector, with every request signed. All of it rejects with `Refused`. */
export interface CollectorLink {
  head(): Promise<DeviceHead>;
  send(batch: SyncBatch): Promise<DeviceHead>;
  report(fault: { epoch: number; seq: number; message: string }): Promise<void>;
  rotate(requestKey: string): Promise<void>;
  /** Gives up what is under way. */
  close(): void;
}

/** What a device brings along to be enrolled. */
export interface EnrolmentRequest {
  readonly url: string;
  readonly code: string;
  readonly name: string;
  readonly ledgerKey: string;
  /** Raw, base64. */
  readonly requestKey: string;
  readonly proof: string;
}

export interface CollectorLinks {
  /** Rejects with `Refused`. */
  enrol(request: EnrolmentRequest): Promise<{ device: string; organisation: string; cosigner: string }>;
  /** `key` is the private key requests are signed with, PKCS#8 DER in base64. */
  open(enrolment: SyncEnrolment, key: string): CollectorLink;
  /** Seconds after which a refusal said to come again; null when it did not. */
  retryAfter(error: unknown): number | null;
}

/** A small text of the state folder, replaced whole. */
export interface ReceiptFile {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}
