import { expect, test } from 'vitest';
import { type Connected, drivesScreen } from './screen.ts';

const nothing: Connected = { server: 'files', command: 'node', args: ['server.js'], tools: ['read'], program: null };

test.each([
  [{ command: 'npx', args: ['-y', 'computer-use-mcp@1.4.0'] }, 'the server files (it runs computer-use-mcp@1.4.0)'],
  [{ command: '/usr/bin/xdotool', args: [] }, 'the server files (it runs xdotool)'],
  [{ args: ['-m', 'pyautogui'] }, 'the server files (it runs pyautogui)'],
  [{ command: 'uvx', args: ['windows-mcp'] }, 'the server files (it runs windows-mcp)'],
  [{ tools: ['screenshot', 'left_click'] }, 'the server files (its tool left_click)'],
  [{ tools: ['computer'] }, 'the server files (its tool computer)'],
  [{ tools: ['desktop_mouse_move'] }, 'the server files (its tool desktop_mouse_move)'],
  [{ tools: ['typeText'] }, 'the server files (its tool typeText)'],
  [{ tools: ['press_keys'] }, 'the server files (its tool press_keys)'],
  [{ program: '/opt/open-interpreter/bin/open-interpreter' }, 'the client open-interpreter'],
])('%j can drive the screen', (part, words) => {
  expect(drivesScreen({ ...nothing, ...part })).toBe(words);
});

test.each([
  [{}],
  // A browser of their own is all that these reach.
  [
    {
      command: 'npx',
      args: ['@playwright/mcp@latest'],
      tools: ['browser_click', 'browser_type', 'browser_press_key_x'],
    },
  ],
  [{ command: 'npx', args: ['chrome-devtools-mcp'], tools: ['click', 'fill', 'take_screenshot'] }],
  [{ tools: ['compute', 'recomputer', 'type', 'get_text', 'click_rate'] }],
  [{ program: '/usr/bin/code' }],
])('%j cannot', (part) => {
  expect(drivesScreen({ ...nothing, ...part })).toBeNull();
});
