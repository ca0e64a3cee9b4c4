import { useState } from 'react';
import { classNames } from '../../ui/classNames.ts';
import { applyTheme, storedTheme, THEMES, type Theme } from '../../ui/theme.ts';

const WORDS: Record<Theme, string> = { system: 'Like the system', light: 'Light', dark: 'Dark' };

/** Light, dark, or what the system prefers. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(storedTheme);
  return (
    <fieldset className="inline-flex rounded-lg border border-line bg-sunken p-0.5">
      <legend className="sr-only">Theme</legend>
      {THEMES.map((value) => (
        <label
          key={value}
          className={classNames(
            'flex h-7 items-center rounded-md px-3 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-ink',
            theme === value ? 'bg-raised font-medium shadow-control' : 'text-ink-soft hover:text-ink',
          )}
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={theme === value}
            onChange={() => {
              setTheme(value);
              applyTheme(value);
            }}
            className="sr-only"
          />
          {WORDS[value]}
        </label>
      ))}
    </fieldset>
  );
}
