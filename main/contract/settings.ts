/** `settings.json`: what a person says of this account and machine, for policies to go by. */
import { z } from 'zod';
import { name } from './names.ts';

/** What the file is called, also among the files of policy. */
export const SETTINGS_FILE = 'settings.json';

/** A short word that policies compare with; empty stands for "not said". */
const word = z.string().max(100);

/** Tools by server and tool, such as `gmail/send*`: `*` is any run of characters. */
const toolPattern = z
  .string()
  .max(600)
  .regex(/^[A-Za-z0-9._*-]+\/.+$/, 'is written server/tool, such as "gmail/send*"');

const days = z.int().min(1).max(3650);

/** Everything that policy knows besides the request, and when to remind. */
export const settings = z.strictObject({
  /** The person's roles. */
  roles: z.array(word.min(1)).max(50).default([]),
  environment: word.default(''),
  tenant: word.default(''),
  region: word.default(''),
  /** Named sets of tools. */
  families: z.record(name, z.array(toolPattern).max(500)).default({}),
  /** When to remind of secrets, in days. */
  reminders: z.strictObject({ oldAfterDays: days.default(90), expiryWithinDays: days.default(14) }).prefault({}),
});
export type Settings = z.infer<typeof settings>;
