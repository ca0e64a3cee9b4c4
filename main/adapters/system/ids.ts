/** Ids. */
import { uuidv7 } from 'uuidv7';
import type { NewId } from '../../services/clock.ts';

/** A new UUIDv7 (RFC 9562), in the order of creation within this process. */
export const newId: NewId = uuidv7;
