import type { Calendar } from '../../core/search/moments.ts';
import type { Clock } from '../clock.ts';

/** The calendar of this machine's time zone. */
export function localCalendar(clock: Clock): Calendar {
  return {
    now: () => clock.now(),
    local(year, month, day, hour, minute, second) {
      const at = new Date(year, month - 1, day, hour, minute, second);
      const same = at.getFullYear() === year && at.getMonth() === month - 1 && at.getDate() === day;
      return same ? at.toISOString() : null;
    },
    shown(text) {
      const at = new Date(text);
      return { year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate(), weekday: at.getDay() };
    },
  };
}
