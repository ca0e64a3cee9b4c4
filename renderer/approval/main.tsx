import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/theme.css';
import { Approval } from './Approval.tsx';
import { doorway } from './door.ts';

const { where, open } = doorway();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Approval where={where} open={open} />
    </StrictMode>,
  );
}
