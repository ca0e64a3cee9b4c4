/** Switches through which a program could drive the windows or the process as if it were the person (SECURITY.md rule 5). */
const REFUSED = [
  /^--remote-debugging-(port|pipe|address|targets)(=|$)/,
  /^--remote-allow-origins(=|$)/,
  /^--inspect(-brk|-port|-publish-uid|-wait)?(=|$)/,
  /^--debug(-brk|-port)?(=|$)/,
  /^--js-flags(=|$)/,
  /^--no-sandbox$/,
  /^--disable-(gpu-|setuid-|namespace-|seccomp-filter-)?sandbox$/,
  /^--disable-(web-security|site-isolation-trials)$/,
  /^--(single-process|no-zygote|in-process-gpu)$/,
  /^--allow-(file-access-from-files|running-insecure-content)$/,
  /^--(load-extension|user-data-dir|renderer-cmd-prefix|utility-cmd-prefix|gpu-launcher|proxy-server)(=|$)/,
  /^--(host-rules|host-resolver-rules|ignore-certificate-errors)(=|$)/,
  /^--(require|import|loader|experimental-loader)(=|$)/,
  /^-r$/,
  /^--enable-automation$/,
  /^--auto-open-devtools-for-tabs$/,
];

/** The first switch on a command line with which the app does not start; undefined when there is none. One or two leading dashes, any case. */
export function refusedSwitch(argv: readonly string[]): string | undefined {
  return argv.find((argument) => {
    const plain = argument.toLowerCase();
    const twoDashes = plain.replace(/^-(?=[a-z]{2})/, '--');
    return REFUSED.some((pattern) => pattern.test(plain) || pattern.test(twoDashes));
  });
}
