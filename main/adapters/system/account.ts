/** The person's account. */
import { userInfo } from 'node:os';

/** The account's name as the operating system has it, not as the environment claims; the uid where it has no name. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
