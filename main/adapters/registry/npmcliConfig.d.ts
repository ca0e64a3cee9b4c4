/** As much of npm's configuration reader as is used; it brings no types of its own. */
declare module '@npmcli/config' {
  interface Settings {
    readonly npmPath: string;
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly execPath: string;
    readonly platform: string;
    readonly cwd: string;
    readonly warn: boolean;
  }
  export default class Config {
    constructor(
      settings: Settings & { readonly definitions: object; readonly shorthands: object; readonly flatten: unknown },
    );
    load(): Promise<void>;
    /** The options as npm's libraries take them. */
    readonly flat: Readonly<Record<string, unknown>>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const all: { readonly definitions: object; readonly shorthands: object; readonly flatten: unknown };
  export default all;
}
