/**
 * A second person's approval, from another device or account (SECURITY.md rule 3). Two signed blocks of text travel
 * between the devices by whatever way people choose: a request there, an answer back (`core/second/block.ts`).
 */
import { z } from 'zod';
import { callSubject } from './ask.ts';
import { digest, id, timestamp } from './names.ts';

/** What people call a person's device: 1 to 80 characters that can be seen. */
export const deviceName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);

/** An Ed25519 public key, SPKI DER (RFC 8410) in base64. */
export const publicKey = z.base64().length(60);

/** A device by name and key. The fingerprint is the SHA-256 of the key, lower-case hexadecimal. */
export const device = z.object({ name: deviceName, key: publicKey, fingerprint: z.string().regex(/^[0-9a-f]{64}$/) });
export type Device = z.infer<typeof device>;

/** Somebody else's device whose countersignature counts here. */
export const approver = device.extend({ addedAt: timestamp, addedBy: z.string() });
export type Approver = z.infer<typeof approver>;

/** What one device asks of a person at another: the whole question, and what an answer has to bind to. */
export const secondRequest = z.object({
  version: z.literal(1),
  ask: id,
  /** As `askHash` makes it of the three fields that follow it, so that the other side can check it. */
  hash: digest,
  policyVersion: z.string(),
  subject: callSubject,
  device: z.object({ name: deviceName, key: publicKey }),
  /** Who said yes first. */
  person: z.string(),
  deadline: timestamp,
});
export type SecondRequest = z.infer<typeof secondRequest>;

/** The yes of the second person. There is none for a no: nothing is given back then. */
export const secondAnswer = z.object({
  version: z.literal(1),
  ask: id,
  hash: digest,
  /** The key of the device that signs. */
  key: publicKey,
  person: z.string(),
  at: timestamp,
  deadline: timestamp,
});
export type SecondAnswer = z.infer<typeof secondAnswer>;

/** A block of text with a request or an answer in it. */
export const blockText = z.string().min(1).max(8_000_000);
