/** Members whose name says that their value is a secret. */

/** Names without case, dashes, dots and underscores that are, or end in, one of these. */
const ENDINGS = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'secret',
  'clientsecret',
  'secretkey',
  'apikey',
  'apisecret',
  'accesskey',
  'authkey',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'apitoken',
  'bearertoken',
  'sessiontoken',
  'securitytoken',
  'authorization',
  'credential',
  'credentials',
];
const WHOLE = new Set(['pwd', 'pass', 'token', 'auth', 'cookie', 'setcookie', 'xapikey', 'jwt', 'bearer']);
/** One of these is in every name above, however it is written. */
export const SECRET_KEY_STEMS = [
  'pass',
  'pwd',
  'secret',
  'key',
  'token',
  'auth',
  'cookie',
  'credential',
  'jwt',
  'bearer',
];

/** Shorter ones are ids and switches. */
const SHORTEST = 4;

/** Words that end in a full stop, or a colon. Looked for from the end: from each word on it would take for ever. */
const SENTENCE = /[.:]$(?<=\s\S+\s\S.*[.:])/;

/** The rule by which the whole value of a member is masked, for its name alone; null for most. */
export function secretKeyRule(key: string, value: string): string | null {
  if (value.length < SHORTEST || value.startsWith('[masked: ')) return null;
  const name = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (!WHOLE.has(name) && !ENDINGS.some((ending) => name.endsWith(ending))) return null;
  // A sentence is about a secret, it is none; passwords of several words have no full stop.
  return value === 'true' || value === 'false' || SENTENCE.test(value) ? null : `member-${name.slice(0, 40)}`;
}
