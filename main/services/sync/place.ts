/** Which collector is meant: where it is, and by which key it is known. */
import { Refused } from '../../contract/refusal.ts';

/** HTTPS, or loopback. Throws `Refused('INPUT_INVALID')` for what else there is. */
export function collectorUrl(text: string): string {
  const url = URL.parse(text);
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) || url.username !== '')
    throw new Refused('INPUT_INVALID', 'a collector is reached by https');
  return `${url.origin}/`;
}

/** The raw key, base64url, that an enrolment code says the collector has. Throws `Refused('ENROLMENT_INVALID')`. */
export function cosignerOf(code: string): string {
  const [, , key = ''] = code.split('.');
  if (!/^[\w-]{43}$/.test(key)) throw new Refused('ENROLMENT_INVALID', 'it has not the form of a code');
  return key;
}
