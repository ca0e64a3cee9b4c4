/**
 * What can move the pointer and press keys in a person's place (SECURITY.md rule 23). Names prove nothing, so this only
 * ever adds a question: what is in the table makes approvals ask for the passcode or the system's authentication.
 * Tools that drive a browser of their own (Playwright, Chrome DevTools) are not in it: they reach no other window.
 */

/** A connected server, or the client of a session, as far as it tells whether it can drive the screen. */
export interface Connected {
  readonly server: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly tools: readonly string[];
  /** The client's program, as the operating system reports it. */
  readonly program: string | null;
}

/** Programs and packages, by the words their names are made of. */
const DRIVERS: readonly RegExp[] = [
  /\b(xdotool|ydotool|dotool|wtype|xte|cliclick|autohotkey|nircmd)\b/,
  /\b(pyautogui|pynput|robotjs|nut-?js|uiautomation|pywinauto|atomac)\b/,
  /\b(computer[-_]?(use|control)|desktop[-_]?(automation|control|use)|screen[-_]?control|gui[-_]?(agent|automation))\b/,
  /\b(macos[-_]?automator|applescript|osascript|automation[-_]mcp|windows[-_]mcp|ui[-_]?tars|open[-_]?interpreter)\b/,
];

/** Tools, by whole name: the verbs of the published computer-use tools, under any of their prefixes. */
const TOOL =
  /^(?:[a-z]+[-_.])*?(?:computer(?:[-_]use)?|(?:left|right|middle|double|triple|mouse)[-_]?click|mouse[-_]?(?:move|down|up|drag|click|scroll)|move[-_]?(?:mouse|cursor)|(?:screen|desktop)[-_]click|key[-_]?(?:press|combo|down|up)|press[-_]?(?:key|hotkey)s?|hot[-_]?key|type[-_]?text|keyboard[-_]?(?:type|press|input)|click[-_]?at)$/i;

/** What of it can drive the screen, in words for a person; null when nothing in the table is. */
export function drivesScreen({ server, command, args, tools, program }: Connected): string | null {
  const tool = tools.find((name) => TOOL.test(name));
  if (tool !== undefined) return `the server ${server} (its tool ${tool})`;
  const driver = [command, ...args].find((word) => isDriver(word));
  if (driver !== undefined) return `the server ${server} (it runs ${lastPart(driver)})`;
  if (program !== null && isDriver(lastPart(program))) return `the client ${lastPart(program)}`;
  return null;
}

function isDriver(text: string): boolean {
  const plain = text.toLowerCase();
  return DRIVERS.some((pattern) => pattern.test(plain));
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
