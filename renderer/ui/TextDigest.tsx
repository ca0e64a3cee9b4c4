import { useEffect, useState } from 'react';

/** The beginning of the SHA-256 of a text in UTF-8, so that a cut value can be told from every other; nothing until it is known. */
export function TextDigest({ text }: { text: string }) {
  const [digest, setDigest] = useState<string | null>(null);
  useEffect(() => {
    // Pages of other origins than the shells' own have no digests.
    if (!isSecureContext) return;
    let current = true;
    void crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)).then((bytes) => {
      if (current) setDigest(hexadecimal(new Uint8Array(bytes)));
    });
    return () => {
      current = false;
    };
  }, [text]);
  if (digest === null) return null;
  return (
    <span title={`SHA-256 of its UTF-8: ${digest}`} className="font-mono text-2xs text-ink-faint">
      sha256 {digest.slice(0, 12)}
    </span>
  );
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
