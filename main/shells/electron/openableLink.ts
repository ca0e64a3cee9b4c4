/** The address as it will be opened; null unless it is https, without a user name and with an ordinary host. */
export function openableLink(url: string): string | null {
  try {
    const { protocol, username, password, hostname, href } = new URL(url);
    return protocol === 'https:' && username === '' && password === '' && hostname.includes('.') ? href : null;
  } catch {
    return null;
  }
}
