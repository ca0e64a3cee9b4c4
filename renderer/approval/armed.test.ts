import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArmingEvent, arm, clickCounts, DEAD_MS, disarmed, isArmed } from './armed.ts';

/** What came after an ask was shown and painted, at 0. */
const after = (...events: ArmingEvent[]) =>
  [shown, { kind: 'painted', at: 0 } as const, ...events].reduce(arm, disarmed(true));
const shown: ArmingEvent = { kind: 'shown', ask: 'a', at: 0 };

test('nothing counts before something is in sight', () => {
  expect(isArmed(disarmed(true), 10_000)).toBe(false);
});

test('it is dead until it is painted, however long that takes, and half a second more', () => {
  expect(isArmed(arm(disarmed(true), shown), 10_000)).toBe(false);
  const focused = arm(arm(disarmed(true), shown), { kind: 'focus', at: 300 });
  expect(isArmed(focused, 10_000)).toBe(false);
  expect(isArmed(after(), DEAD_MS - 1)).toBe(false);
  expect(isArmed(after(), DEAD_MS)).toBe(true);
});

test('the next ask starts its own half second; reading the same again does not', () => {
  const next = after({ kind: 'shown', ask: 'b', at: 900 }, { kind: 'painted', at: 920 });
  expect([1000, 1419, 1420].map((now) => isArmed(next, now))).toEqual([false, false, true]);
  expect(isArmed(after({ kind: 'shown', ask: 'a', at: 900 }), 1000)).toBe(true);
});

test('without focus it never counts, and regaining it starts anew', () => {
  const away = after({ kind: 'blur', at: 600 });
  expect(isArmed(away, 5000)).toBe(false);
  const back = arm(away, { kind: 'focus', at: 5000 });
  expect(isArmed(back, 5499)).toBe(false);
  expect(isArmed(back, 5500)).toBe(true);
});

test('someone who types on when it appears keeps it dead', () => {
  const typing = after(
    { kind: 'keydown', code: 'KeyY', at: 300 },
    { kind: 'keyup', code: 'KeyY', at: 350 },
    { kind: 'keydown', code: 'Enter', at: 480 },
    { kind: 'keyup', code: 'Enter', at: 520 },
  );
  expect(isArmed(typing, 600)).toBe(false);
  expect(isArmed(typing, 980)).toBe(true);
});

test('a key that is held keeps it dead; the keys of the combination do not', () => {
  expect(isArmed(after({ kind: 'keydown', code: 'KeyA', at: 700 }), 9000)).toBe(false);
  expect(isArmed(after({ kind: 'keydown', code: 'ControlLeft', at: 700 }), 800)).toBe(true);
});

test('a stray key starts it anew also when it was alive: whoever types and sends with Ctrl+Enter means something else', () => {
  const typed = after({ kind: 'keydown', code: 'KeyO', at: 700 }, { kind: 'keyup', code: 'KeyO', at: 740 });
  expect(isArmed(typed, 1_199)).toBe(false);
  expect(isArmed(typed, 1_200)).toBe(true);
});

test('the half second begins when it is painted, and a click counts from when it was made', () => {
  const painted = after({ kind: 'painted', at: 600 });
  expect(isArmed(painted, 1_099)).toBe(false);
  // Made before it was painted, and come to after that: neither counts, nor shortens what is left.
  for (const stale of [
    { kind: 'press', onYes: true, at: 100 },
    { kind: 'keydown', code: 'ControlLeft', at: 100 },
  ] as const)
    expect([1_099, 1_100].map((now) => isArmed(arm(painted, stale), now))).toEqual([false, true]);
  const early = arm(painted, { kind: 'press', onYes: true, at: 1_000 });
  expect(clickCounts(early, 5_000)).toBe(false);
});

test('a click counts only when its press began alive on the button', () => {
  const early = after({ kind: 'press', onYes: true, at: 450 });
  expect(clickCounts(early, 520)).toBe(false);
  expect(isArmed(early, 949)).toBe(false);
  const right = after({ kind: 'press', onYes: true, at: 700 });
  expect(clickCounts(right, 760)).toBe(true);
  expect(clickCounts(arm(right, { kind: 'release', at: 765 }), 770)).toBe(false);
  expect(clickCounts(after({ kind: 'press', onYes: false, at: 700 }), 760)).toBe(false);
});

test('a press that outlives its ask answers nothing', () => {
  const moved = after({ kind: 'press', onYes: true, at: 700 }, { kind: 'shown', ask: 'b', at: 720 });
  expect(clickCounts(moved, 9000)).toBe(false);
});

test('typing into a field of the prompt does not start it anew', () => {
  const typed = after(
    { kind: 'keydown', code: 'KeyA', at: 300, typing: true },
    { kind: 'keyup', code: 'KeyA', at: 320 },
  );
  expect(isArmed(typed, DEAD_MS)).toBe(true);
});

test('whatever happens, a click counts only half a second after it was painted, and after the last change of focus or key', () => {
  const event = fc.record({
    wait: fc.integer({ min: 0, max: 700 }),
    /** How late the page comes to what a hand made. */
    late: fc.integer({ min: 0, max: 700 }),
    kind: fc.constantFrom('shown', 'painted', 'focus', 'blur', 'keydown', 'keyup', 'press', 'release'),
    ask: fc.constantFrom('a', 'b', null),
    code: fc.constantFrom('KeyY', 'Enter', 'ControlLeft'),
    onYes: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (steps) => {
      let state = disarmed(true);
      let now = 0;
      let quiet = Number.POSITIVE_INFINITY;
      for (const { wait, late, ...step } of steps) {
        now += wait;
        const at = ['keydown', 'keyup', 'press'].includes(step.kind) ? now - late : now;
        if (step.kind === 'shown' && step.ask !== state.ask) quiet = Number.POSITIVE_INFINITY;
        if (step.kind === 'painted') quiet = at;
        if (['focus', 'blur'].includes(step.kind) || (step.kind === 'keydown' && step.code !== 'ControlLeft'))
          quiet = Math.max(quiet, at);
        state = arm(state, { ...step, at } as ArmingEvent);
        if (clickCounts(state, now)) expect(now - quiet).toBeGreaterThanOrEqual(DEAD_MS);
      }
    }),
  );
});
