import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LinkProvider } from '../link/LinkProvider.tsx';
import { openLink } from '../link/openLink.ts';
import '../ui/theme.css';
import { applyTheme, storedTheme } from '../ui/theme.ts';
import { App } from './App.tsx';

applyTheme(storedTheme());
const link = openLink();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <LinkProvider link={link}>
        <App />
      </LinkProvider>
    </StrictMode>,
  );
}
