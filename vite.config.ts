/** Builds the windows' pages into `dist/renderer`: three entries, relative URLs, so that any scheme can serve them. */
import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const renderer = resolve(import.meta.dirname, 'renderer');

export default defineConfig({
  root: renderer,
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    // Pages with `default-src 'none'` take nothing inline, so no asset becomes a data URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: resolve(renderer, 'index.html'),
        approval: resolve(renderer, 'approval.html'),
        gallery: resolve(renderer, 'gallery.html'),
        console: resolve(renderer, 'console.html'),
      },
    },
  },
});
