import { DISK_WORDS, type DiskState, roomText } from '../../main/contract/disk.ts';
import { useStatus } from '../link/queries.ts';
import { Note } from '../ui/Note.tsx';

const TITLES: Readonly<Record<Exclude<DiskState['state'], 'enough'>, string>> = {
  low: 'The disk is filling up',
  critical: 'The disk is nearly full',
  full: 'The disk is full',
  lost: 'The disk does not answer',
};

/** While there is little room for records, every screen says so: refused calls must not look like a fault. */
export function DiskBanner() {
  const disk = useStatus().data?.disk;
  if (disk === undefined || disk.state === 'enough') return null;
  return (
    <div className="px-8 pt-4">
      <Note tone={disk.state === 'low' ? 'warn' : 'bad'} live title={TITLES[disk.state]}>
        {disk.state === 'lost' ? '' : `${roomText(disk.free)} for the audit. `}
        {DISK_WORDS[disk.state]} {disk.state === 'lost' ? 'Look at the disk' : 'Free some space'}: “countersign doctor”
        names the folder.
      </Note>
    </div>
  );
}
