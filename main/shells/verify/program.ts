/** `countersign-verify`: proves a ledger, or a part of one, with nothing but the file and the device's public key. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, CommanderError } from 'commander';
import { openJournaledSource } from '../../adapters/sqlite/journaledSource.ts';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { Refused } from '../../contract/errors.ts';
import { ExportCheck, type ExportReport } from '../../services/audit/checkExport.ts';
import { LedgerKey } from '../../services/audit/ledgerKey.ts';
import { checkConsistencyProof, checkRecordProof } from '../../services/audit/proofs.ts';
import { verifyLedger } from '../../services/audit/verify.ts';
import { readInput, textOrFile } from './input.ts';
import { reportText } from './reportText.ts';

export interface Streams {
  out(text: string): void;
  error(text: string): void;
}

/** Exit codes: everything fits; something does not; the command line is wrong, or a file cannot be read. */
const WHOLE = 0;
const CHANGED = 1;
const UNUSABLE = 2;

interface Options {
  readonly key: string;
  readonly first?: string;
  readonly witness?: string;
  readonly json?: boolean;
}

/** Runs one command line, without the program's name; resolves with its exit code. */
export async function runVerifier(args: readonly string[], version: string, streams: Streams): Promise<number> {
  let code = WHOLE;
  const program = new Command('countersign-verify')
    .description('Proves a Countersign ledger with nothing but its database and the device’s public key.')
    .version(version)
    .argument('<file>', 'ledger.db, an export, or a proof from “countersign audit prove”')
    .requiredOption('--key <key>', 'the device’s public key, or a file with it (“countersign audit identity”)')
    .option('--first <key>', 'of a database: the key that signed the first head shows an exchanged beginning')
    .option(
      '--witness <note>',
      'of a database or an export: a signed head that was kept elsewhere, or a file with it, shows a cut-off end',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit codes: 0 whole, 1 changed, 2 it could not be checked.')
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.error })
    .action(async (file: string, options: Options) => {
      const report = await check(file, options);
      code = report.ok ? WHOLE : CHANGED;
      streams.out(options.json ? `${JSON.stringify(report)}\n` : reportText(report));
    });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? WHOLE : UNUSABLE;
    if (!(error instanceof Refused)) throw error;
    const { message, detail, fix } = error.refusal;
    streams.error(`${message}\n${detail === undefined ? '' : `  ${detail}\n`}  ${fix}\n`);
    return UNUSABLE;
  }
}

async function check(file: string, { key: given, first, witness }: Options) {
  const input = readInput(file);
  const key = LedgerKey.read(ledgerCrypto, textOrFile(given).trim());
  if (key === null)
    throw new Refused('INPUT_INVALID', '--key is not a public key as “countersign audit identity” prints it');
  // What cannot be checked is said: whoever gives it would take silence for a yes.
  if (first !== undefined && input.kind !== 'database')
    throw new Refused('INPUT_INVALID', '--first is compared with a database alone');
  if (input.kind === 'export') {
    const head = witness === undefined ? {} : { witness: textOrFile(witness) };
    return checkLines(input.file, new ExportCheck({ crypto: ledgerCrypto, key, ...head }));
  }
  if (witness !== undefined && input.kind !== 'database')
    throw new Refused('INPUT_INVALID', '--witness is compared with a database or an export');
  if (input.kind === 'record') return checkRecordProof(ledgerCrypto, key, input.proof);
  if (input.kind === 'consistency') return checkConsistencyProof(ledgerCrypto, key, input.proof);
  const source = openJournaledSource(input.file);
  try {
    return await verifyLedger({
      source,
      key,
      crypto: ledgerCrypto,
      ...(first !== undefined && { first: textOrFile(first).trim() }),
      ...(witness !== undefined && { witness: textOrFile(witness) }),
    });
  } finally {
    source.close();
  }
}

/** A line at a time: an export may be larger than memory. */
async function checkLines(file: string, check: ExportCheck): Promise<ExportReport> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (!check.take(line)) break;
  lines.close();
  return check.end();
}
