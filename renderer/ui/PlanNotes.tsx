import type { ProtectPlan } from '../../main/contract/client.ts';
import { count } from './askWords.ts';
import { Note } from './Note.tsx';
import { VisibleText } from './VisibleText.tsx';

/** What protecting entries takes from other files, and the secrets it cannot move. */
export function PlanNotes({ files, exposed }: Pick<ProtectPlan, 'files' | 'exposed'>) {
  return (
    <>
      {exposed.length > 0 && (
        <Note tone="warn" title="A secret stands on the command line, and stays in plain text">
          <ul>
            {exposed.map(({ server, argument, why }) => (
              <li key={`${server} ${argument}`}>
                Argument {argument} of {server}: {why}.
              </li>
            ))}
          </ul>
          Other programs can read it while the server runs. If the server takes it as a variable too, write it under env
          in the client’s file, and it moves into the keychain.
        </Note>
      )}
      {files.map(({ server, path, variables }) => (
        <Note
          key={`${server} ${path}`}
          tone="info"
          title={`${server} takes ${count(variables.length, 'variable')} from a file, as they are now`}
        >
          <span className="font-mono text-xs break-all">
            <VisibleText text={path} />
          </span>{' '}
          stays as it is, secrets included, and later changes in it do not count.
          {variables.length > 0 && (
            <span className="block font-mono text-xs break-all">
              <VisibleText text={variables.join(' ')} />
            </span>
          )}
        </Note>
      ))}
    </>
  );
}
