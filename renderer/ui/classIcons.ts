import { Eye, FilePenLine, type LucideIcon, OctagonAlert, ScanEye } from 'lucide-react';
import type { ToolClass } from '../../main/contract/tool.ts';

/** A shape for each class, so that dangers differ without colour as well (SECURITY.md prompt rule 10). */
export const CLASS_ICONS: Record<ToolClass, LucideIcon> = {
  read: Eye,
  'read-sensitive': ScanEye,
  write: FilePenLine,
  external: OctagonAlert,
};
