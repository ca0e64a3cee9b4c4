import { parseEnv } from 'node:util';
import type { ParseVariables } from '../../services/clients/ports.ts';

/** Reads `NAME=value` lines as `.env` files have them: quotes, comments and `export` included. */
export const parseVariables: ParseVariables = (text) => parseEnv(text) as Record<string, string>;
