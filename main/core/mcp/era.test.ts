import { describe, expect, it } from 'vitest';
import { EraTracker } from './era.ts';
import { type Direction, type MethodRow, methodRow } from './methods.ts';

function row(direction: Direction, method: string): MethodRow {
  const found = methodRow(direction, method);
  if (!found) throw new Error(method);
  return found;
}

function connection() {
  const tracker = new EraTracker();
  return {
    tracker,
    asks: (method: string, how: 'legacy' | 'modern' = 'legacy') =>
      tracker.request(method, how === 'modern', row('client', method)),
    isAnswered: (method: string, succeeded = true) => {
      tracker.answered(method, succeeded);
      return tracker.current;
    },
  };
}

describe('a connection', () => {
  it('is legacy once initialize succeeded; modern requests are refused from then on', () => {
    const { asks, isAnswered } = connection();
    expect(asks('initialize')).toBe(true);
    expect(isAnswered('initialize')).toBe('legacy');
    expect(asks('tools/call')).toBe(true);
    expect(asks('tools/call', 'modern')).toBe(false);
    expect(asks('server/discover', 'modern')).toBe(false);
  });

  it('is modern once a modern request succeeded; initialize and requests without a version are refused', () => {
    const { asks, isAnswered } = connection();
    expect(asks('tools/list', 'modern')).toBe(true);
    expect(isAnswered('tools/list')).toBe('modern');
    expect(asks('tools/call', 'modern')).toBe(true);
    expect(asks('tools/call')).toBe(false);
    expect(asks('initialize')).toBe(false);
    expect(asks('ping')).toBe(false);
  });

  it('stays open when discovery fails', () => {
    const { asks, isAnswered } = connection();
    expect(asks('server/discover', 'modern')).toBe(true);
    expect(isAnswered('server/discover', false)).toBe('unknown');
    expect(asks('initialize')).toBe(true);
    expect(isAnswered('initialize')).toBe('legacy');
  });

  it('goes on with initialize after a discovery that found no common version', () => {
    const { asks, isAnswered } = connection();
    asks('server/discover', 'modern');
    expect(isAnswered('server/discover')).toBe('modern');
    expect(asks('tools/list')).toBe(false);
    expect(asks('initialize')).toBe(true);
    expect(isAnswered('initialize')).toBe('legacy');
    expect(asks('server/discover', 'modern')).toBe(false);
  });

  it('learns nothing from a ping or from an error', () => {
    const { asks, isAnswered } = connection();
    asks('ping');
    expect(isAnswered('ping')).toBe('unknown');
    asks('initialize');
    expect(isAnswered('initialize', false)).toBe('unknown');
  });

  it('is not moved by anything later', () => {
    const { asks, isAnswered } = connection();
    asks('initialize');
    asks('tools/list', 'modern');
    expect(isAnswered('initialize')).toBe('legacy');
    expect(isAnswered('tools/list')).toBe('legacy');
  });

  it('admits notifications and requests of the server by their method', () => {
    const { tracker, asks, isAnswered } = connection();
    expect(tracker.admits(row('server', 'roots/list'))).toBe(true);
    asks('tools/list', 'modern');
    isAnswered('tools/list');
    expect(tracker.admits(row('server', 'roots/list'))).toBe(false);
    expect(tracker.admits(row('server', 'notifications/progress'))).toBe(true);
    expect(tracker.admits(row('client', 'notifications/initialized'))).toBe(false);
  });
});
