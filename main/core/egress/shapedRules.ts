import { isPlaceholder } from './secretPatterns.ts';
import type { SecretRule } from './secretRule.ts';

/** Secrets with a shape around them. */
export const SHAPED_RULES: readonly SecretRule[] = [
  {
    id: 'private-key',
    keywords: ['-----begin'],
    // Without its end, whatever may still be of the key is taken.
    pattern:
      /-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,16384}-----END[ A-Z0-9_-]{0,100}-----|[\w+/=\s\\:,.()-]{0,16384})/dy,
  },
  {
    id: 'authorization-header',
    keywords: ['authorization', 'x-api-key', 'api-key', 'private-token', 'x-auth-token'],
    pattern:
      /[\w-]{7,20}["'`\\]{0,4}\s{0,4}[:=]\s{0,4}["'`\\]{0,4}(?:(?:Bearer|Basic|Token|token|bearer|basic|ApiKey)\s{1,4})?([\w.~+/=:-]{8,4000})/dy,
    except: isPlaceholder,
  },
  {
    id: 'bearer-token',
    keywords: ['bearer '],
    pattern: /bearer\s{1,4}([\w.~+/-]{16,4000}={0,3})/diy,
    entropy: 3,
    except: isPlaceholder,
  },
  {
    id: 'url-credentials',
    keywords: ['://'],
    pattern: /:\/\/[^\s:@/?#"'`<>]{0,200}:([^\s@/"'`<>]{3,200})@/dy,
    except: isPlaceholder,
  },
  {
    id: 'curl-user',
    keywords: ['-u ', '-u"', "-u'", '--user'],
    pattern: /-(?:u|-user)[\s=]{0,4}["'`]?[^\s:"'`]{1,100}:([^\s"'`]{3,200})/dy,
    except: isPlaceholder,
  },
  {
    id: 'connection-password',
    keywords: ['accountkey=', 'sharedaccesskey=', 'pwd=', 'password='],
    pattern: /\w{3,16}=([^;\s"'`&]{6,200})/diy,
    entropy: 2.5,
    except: isPlaceholder,
  },
];
