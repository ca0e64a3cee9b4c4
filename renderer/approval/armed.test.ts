import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArmingEvent, arm, clickCounts, DEAD_MS, disarmed, isArmed } from './armed.ts';

const after = (...events: ArmingEvent[]) => events.reduce(arm, disarmed(true));
const shown: ArmingEvent = { kind: 'shown', ask: 'a', at: 0 };

test('nothing counts before something is in sight', () => {
  expect(isArmed(disarmed(true), 10_000)).toBe(false);
});

test('it is dead for half a second after it was shown', () => {
  expect(isArmed(after(shown), DEAD_MS - 1)).toBe(false);
  expect(isArmed(after(shown), DEAD_MS)).toBe(true);
});

test('the next ask starts its own half second; reading the same again does not', () => {
  expect(isArmed(after(shown, { kind: 'shown', ask: 'b', at: 900 }), 1000)).toBe(false);
  expect(isArmed(after(shown, { kind: 'shown', ask: 'a', at: 900 }), 1000)).toBe(true);
});

test('without focus it never counts, and regaining it starts anew', () => {
  const away = after(shown, { kind: 'blur', at: 600 });
  expect(isArmed(away, 5000)).toBe(false);
  const back = arm(away, { kind: 'focus', at: 5000 });
  expect(isArmed(back, 5499)).toBe(false);
  expect(isArmed(back, 5500)).toBe(true);
});

test('someone who types on when it appears keeps it dead', () => {
  const typing = after(
    shown,
    { kind: 'keydown', code: 'KeyY', at: 300 },
    { kind: 'keyup', code: 'KeyY', at: 350 },
    { kind: 'keydown', code: 'Enter', at: 480 },
    { kind: 'keyup', code: 'Enter', at: 520 },
  );
  expect(isArmed(typing, 600)).toBe(false);
  expect(isArmed(typing, 980)).toBe(true);
});

test('a key that is held keeps it dead; the keys of the combination do not', () => {
  expect(isArmed(after(shown, { kind: 'keydown', code: 'KeyA', at: 700 }), 9000)).toBe(false);
  expect(isArmed(after(shown, { kind: 'keydown', code: 'ControlLeft', at: 700 }), 800)).toBe(true);
});

test('a stray key starts it anew also when it was alive: whoever types and sends with Ctrl+Enter means something else', () => {
  const typed = after(shown, { kind: 'keydown', code: 'KeyO', at: 700 }, { kind: 'keyup', code: 'KeyO', at: 740 });
  expect(isArmed(typed, 1_199)).toBe(false);
  expect(isArmed(typed, 1_200)).toBe(true);
});

test('the half second begins when it is painted, and a click counts from when it was made', () => {
  const painted = after(shown, { kind: 'painted', at: 600 });
  expect(isArmed(painted, 1_099)).toBe(false);
  const early = arm(painted, { kind: 'press', onYes: true, at: 1_000 });
  expect(clickCounts(early, 5_000)).toBe(false);
});

test('a click counts only when its press began alive on the button', () => {
  const early = after(shown, { kind: 'press', onYes: true, at: 450 });
  expect(clickCounts(early, 520)).toBe(false);
  expect(isArmed(early, 949)).toBe(false);
  const right = after(shown, { kind: 'press', onYes: true, at: 700 });
  expect(clickCounts(right, 760)).toBe(true);
  expect(clickCounts(arm(right, { kind: 'release', at: 765 }), 770)).toBe(false);
  expect(clickCounts(after(shown, { kind: 'press', onYes: false, at: 700 }), 760)).toBe(false);
});

test('a press that outlives its ask answers nothing', () => {
  const moved = after(shown, { kind: 'press', onYes: true, at: 700 }, { kind: 'shown', ask: 'b', at: 720 });
  expect(clickCounts(moved, 9000)).toBe(false);
});

test('typing into a field of the prompt does not start it anew', () => {
  const typed = after(
    shown,
    { kind: 'keydown', code: 'KeyA', at: 300, typing: true },
    { kind: 'keyup', code: 'KeyA', at: 320 },
  );
  expect(isArmed(typed, DEAD_MS)).toBe(true);
});

test('whatever happens, a click counts only half a second after the last showing, change of focus or key', () => {
  const event = fc.record({
    wait: fc.integer({ min: 0, max: 700 }),
    kind: fc.constantFrom('shown', 'painted', 'focus', 'blur', 'keydown', 'keyup', 'press', 'release'),
    ask: fc.constantFrom('a', 'b', null),
    code: fc.constantFrom('KeyY', 'Enter', 'ControlLeft'),
    onYes: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (steps) => {
      let state = disarmed(true);
      let now = 0;
      let quiet = 0;
      for (const { wait, ...step } of steps) {
        now += wait;
        const changed =
          ['painted', 'focus', 'blur'].includes(step.kind) ||
          (step.kind === 'shown' && step.ask !== state.ask) ||
          (step.kind === 'keydown' && step.code !== 'ControlLeft');
        state = arm(state, { ...step, at: now } as ArmingEvent);
        if (changed) quiet = now;
        if (clickCounts(state, now)) expect(now - quiet).toBeGreaterThanOrEqual(DEAD_MS);
      }
    }),
  );
});
