/** What of a machine no server sees, below a person's home folder and elsewhere (SECURITY.md rule 16). */

/** One place a line, from the home folder. Folders are hidden whole. */
const HIDDEN = `
  .ssh .gnupg .aws .azure .kube .oci .boto .s3cfg .config/gcloud .config/gh .config/glab-cli .config/op .config/hub
  .config/doctl .config/rclone .config/sops .config/age .config/configstore .config/netlify .config/stripe
  .config/containers/auth.json .docker/config.json .netrc .git-credentials .config/git/credentials .pypirc
  .yarnrc.yml .cargo/credentials .cargo/credentials.toml .gem/credentials .m2/settings.xml .m2/settings-security.xml
  .vault-token .password-store .terraform.d/credentials.tfrc.json .terraformrc .pgpass .my.cnf .snowflake .databrickscfg
  .local/share/keyrings .local/share/kwalletd .kde/share/apps/kwallet .config/keepassxc .config/Bitwarden
  .config/1Password .1password .config/libaccounts-glib .config/goa-1.0 .local/share/gnome-online-accounts
  .Xauthority .ICEauthority
  .mozilla .thunderbird .config/google-chrome .config/google-chrome-beta .config/chromium .config/BraveSoftware
  .config/microsoft-edge .config/vivaldi .config/opera .config/Slack .config/discord .config/Signal
  .local/share/TelegramDesktop snap/firefox snap/chromium .var/app/org.mozilla.firefox .var/app/com.google.Chrome
  .claude .claude.json .config/Claude .cursor/mcp.json .config/Cursor/User .config/Code/User
  ".config/Code - Insiders/User" .config/VSCodium/User .config/Windsurf/User .codeium .codex .gemini .copilot
  .config/zed .config/goose .config/opencode .local/share/opencode .continue .junie .lmstudio .kiro .cline .config/github-copilot
  .bash_history .zsh_history .histfile .python_history .node_repl_history .psql_history .mysql_history .sqlite_history
  .rediscli_history .lesshst .viminfo .local/share/fish/fish_history .local/state/bash .local/state/zsh
  .docker/run .docker/desktop .colima .orbstack/run .rd .lima .local/share/containers
`;

/** What programs run at the next start, log-in or commit: read by everyone, changed by no server. */
const KEPT = `
  .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .zlogout .kshrc
  .cshrc .tcshrc .config/fish .config/autostart .config/environment.d .config/systemd .local/share/systemd
  .local/share/applications .local/bin bin .gitconfig .config/git .npmrc .nvm .pyenv .cargo/bin .rustup .volta .bun/bin
`;

/** Where package runners and others keep what they could fetch again: each server has its own instead. */
const CACHES = '.cache .npm .mcp-auth .bun/install/cache .local/share/pnpm';

/** Below the root: devices of a session and doors to other programs. `/run` and the temporary folders are another world anyway. */
const DOORS = ['/tmp/.X11-unix', '/tmp/.ICE-unix', '/var/lib/docker', '/var/lib/containerd', '/var/spool/cron'];

const words = (list: string): string[] => [...list.matchAll(/"([^"]+)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
const below = (home: string, list: string): string[] =>
  words(list).map((place) => `${home === '/' ? '' : home}/${place}`);

export const hiddenPlaces = (home: string): string[] => [...below(home, HIDDEN), ...DOORS];
export const keptPlaces = (home: string): string[] => below(home, KEPT);
export const cachePlaces = (home: string): string[] => below(home, CACHES);

/** Whether `path` is `folder` or lies below it; both absolute, without `..`. */
export function isBelow(folder: string, path: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}
