/** Environment variables that change what runs, or where its traffic and keys go. */
import type { LaunchFinding, LaunchVariable } from '../../contract/launch.ts';
import { findingAt, type Word, wholeWord } from './word.ts';

const LOADERS =
  /^(LD_PRELOAD|LD_AUDIT|GCONV_PATH|DYLD_INSERT_LIBRARIES|BASH_ENV|BASH_FUNC_.*|PROMPT_COMMAND|PYTHONSTARTUP|PERL5DB|LUA_INIT(_\w+)?|DOTNET_STARTUP_HOOKS|COR(ECLR)?_PROFILER(_PATH\w*)?|OPENSSL_(CONF|ENGINES|MODULES)|npm_config_(script_shell|init_module)|PERL5OPT|RUBYOPT|GIT_SSH_COMMAND|GIT_EXTERNAL_DIFF)$/i;
const SEARCHED =
  /^(LD_LIBRARY_PATH|DYLD_(FALLBACK_)?(LIBRARY|FRAMEWORK)_PATH|PYTHONPATH|PYTHONHOME|NODE_PATH|PERL5LIB|PERLLIB|RUBYLIB|CLASSPATH|PHPRC|PHP_INI_SCAN_DIR|ENV|ZDOTDIR)$/i;
const FOUND =
  /^(PATH|GIT_EXEC_PATH|GIT_CONFIG_(GLOBAL|SYSTEM|COUNT|PARAMETERS)|GIT_(PROXY_COMMAND|ASKPASS)|SSH_ASKPASS)$/i;
const ROUTE = /^(HTTPS?_PROXY|ALL_PROXY)$/i;
const TRUST = /^(NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)$/i;
const OPTIONS =
  /^(NODE_OPTIONS|npm_config_node_options|BUN_OPTIONS|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS)$/i;
const LOADING =
  /(^|\s)(-r|--require|--import|--loader|--experimental-loader|--inspect\S*|-javaagent|-agentlib|-agentpath)/;
const REGISTRY =
  /^(npm_config_(.*:)?registry|npm_config_(user|global)config|(UV|PIP)_(EXTRA_)?INDEX_URL|UV_(DEFAULT_)?INDEX|(UV|PIP)_(CONFIG_FILE|FIND_LINKS))$/i;
const PROVIDER =
  /^(ANTHROPIC|OPENAI|AZURE_OPENAI|GEMINI|GOOGLE_GEMINI|MISTRAL|GROQ|COHERE|DEEPSEEK|XAI|OPENROUTER)_(API_)?(BASE(_URL)?|URL|HOST|ENDPOINT)$/i;
const GATEWAY =
  /(^|\.)(anthropic\.com|openai\.com|azure\.com|googleapis\.com|mistral\.ai|groq\.com|cohere\.(com|ai)|deepseek\.com|x\.ai|openrouter\.ai|amazonaws\.com|cloudflare\.com)$/i;
const NEAR =
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|host\.docker\.internal|10\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|[^.]+|.+\.(local|internal|lan))$/i;

/** Of the variables that the configuration sets; a value from the keychain is judged by its name alone. */
export function variableFindings(
  variables: readonly Pick<LaunchVariable, 'name' | 'source' | 'shown'>[],
): LaunchFinding[] {
  return variables.flatMap(({ name, source, shown }) => {
    if (source === 'inherited') return [];
    const value = source === 'literal' ? (shown ?? '') : '';
    return settingFindings(name, value, wholeWord(`env ${name}`, value));
  });
}

/** Of one variable, wherever `word` sets it. */
export function settingFindings(name: string, value: string, word: Word): LaunchFinding[] {
  const found = (id: string, severity: LaunchFinding['severity'], message: string) => [
    findingAt(id, severity, word, message),
  ];
  if (LOADERS.test(name))
    return found('loader-variable', 'severe', `${name} makes other code run inside of the server.`);
  if (OPTIONS.test(name)) {
    return LOADING.test(value)
      ? found('loader-variable', 'severe', `${name} loads other code into the server, or opens it to a debugger.`)
      : found('runtime-variable', 'info', `${name} gives the interpreter options.`);
  }
  if (SEARCHED.test(name))
    return found('runtime-variable', 'warning', `${name} decides from where the server takes its code.`);
  if (FOUND.test(name))
    return found('runtime-variable', 'warning', `${name} decides which programs the server starts.`);
  if (ROUTE.test(name) && value !== '')
    return found('traffic', 'warning', `${name} sends the server’s traffic through this address.`);
  if (/^SSLKEYLOGFILE$/i.test(name))
    return found(
      'traffic',
      'severe',
      `${name} writes the keys of its connections into a file, for anyone to read along.`,
    );
  if (/^GOOSE_MODE$/i.test(name) && /^auto$/i.test(value))
    return found('agent-permission', 'severe', 'An agent is started that asks nobody before it acts.');
  if (/^ELECTRON_RUN_AS_NODE$/i.test(name))
    return found('runtime-variable', 'warning', `${name} makes an app run any code it is given.`);
  if (TRUST.test(name)) return found('traffic', 'info', `${name} makes the server trust further certificates.`);
  if (/^DOCKER_HOST$/i.test(name))
    return found('other-machine', 'warning', `${name} makes containers run where it points, maybe on another machine.`);
  if (REGISTRY.test(name)) return found('other-registry', 'warning', `${name} takes packages from another registry.`);
  if (/^NODE_TLS_REJECT_UNAUTHORIZED$/i.test(name) && value === '0')
    return found(
      'runtime-variable',
      'warning',
      `${name} accepts any certificate, so that anyone on the way can read and change the traffic.`,
    );
  if (PROVIDER.test(name) && value !== '') {
    const host = hostOf(value);
    return host !== null && (GATEWAY.test(host) || NEAR.test(host))
      ? found('base-url', 'info', `${name} sends requests, with their key, to this address.`)
      : found(
          'base-url',
          'severe',
          `${name} sends your key, and all that is asked with it, to an address that is not the provider’s.`,
        );
  }
  if (/_BASE_URL$/i.test(name))
    return found('base-url', 'info', `${name} decides where requests, with their key, are sent.`);
  return [];
}

/** The host of an absolute web address, in lower case; null when it is none. A user name before it does not count. */
function hostOf(address: string): string | null {
  const authority = /^https?:[/\\]{2}([^/\\?#]*)/i.exec(address)?.[1];
  return authority?.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase() || null;
}
