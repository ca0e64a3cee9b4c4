import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/theme.css';
import { ToastHost } from '../ui/Toast.tsx';
import { applyTheme, storedTheme } from '../ui/theme.ts';
import { Console } from './Console.tsx';
import { queries } from './fleet.ts';

applyTheme(storedTheme());
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <ToastHost>
            <Console />
          </ToastHost>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
