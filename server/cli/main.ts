#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { readCliEnv } from '../env.ts';
import { runStates } from '../views/run.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { explain, openApi } from './client.ts';
import type { Api } from './client.ts';
import { eventSend } from './commands/event.ts';
import { flowExport, flowImport, flowList, flowPublish } from './commands/flow.ts';
import { runShow, runsTail } from './commands/run.ts';
import { createOutput } from './output.ts';
import type { Output } from './output.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';

interface GlobalOptions {
  url?: string;
  key?: string;
  partner?: string;
  json?: boolean;
}

interface Session {
  api: Api;
  out: Output;
  settings: Settings;
  json: boolean;
}

const program = new Command('weft')
  .description('Flows, events and runs from the command line, over the same services the browser uses.')
  .option('--url <address>', 'where the web process answers (WEFT_URL; default http://127.0.0.1:3000)')
  .option('--key <key>', 'API key (WEFT_API_KEY; else the one in .weft/cli.json)')
  .option('--partner <slug>', 'which of the keys in .weft/cli.json')
  .option('--json', 'print JSON')
  .addHelpText('after', '\nExit codes: 0 done, 1 refused or failed, 2 wrong use, 3 nobody answers.')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

const retailerOption = ['--retailer <name>', 'a retailer by name, slug or id'] as const;

const flow = program.command('flow').description('flows as files that can be kept in version control');
flow
  .command('list')
  .option(...retailerOption)
  .action((options: { retailer?: string }) => session(({ api, out }) => flowList(api, out, options)));
flow
  .command('export [flows...]')
  .description('write drafts as JSON files, connections by name')
  .option('--all', 'every flow')
  .option('--out <path>', 'a file, or a folder for more than one')
  .option(...retailerOption)
  .action((flows: string[], options: { all?: boolean; out?: string; retailer?: string }) => session(({ api, out }) => flowExport(api, out, { flows, ...options })));
flow
  .command('import <files...>')
  .description('make files the drafts of the flows of the same name')
  .option('--flow <name>', 'into this flow instead')
  .option(...retailerOption)
  .action((files: string[], options: { retailer?: string; flow?: string }) => session(({ api, out }) => flowImport(api, out, { files, ...options })));
flow
  .command('publish <flow>')
  .description('freeze the draft as the next version')
  .option('--note <text>', 'what changed')
  .option('--no-activate', 'leave the live version as it is')
  .option(...retailerOption)
  .action((name: string, options: { note?: string; activate: boolean; retailer?: string }) => session(({ api, out }) => flowPublish(api, out, { flow: name, ...options })));

program
  .command('event')
  .command('send <file>')
  .description('send a JSON file (or - for standard input) to a live flow')
  .option('--flow <name>', 'name or id; may be left out when only one is live')
  .option('--node <id>', 'the trigger, when there are several')
  .option('--wait', 'follow the run to its end')
  .option(...retailerOption)
  .action((file: string, options: { flow?: string; node?: string; wait?: boolean; retailer?: string }) => session(({ api, out }) => eventSend(api, out, { file, ...options })));

program
  .command('runs')
  .command('tail')
  .description('the latest runs, and then each as it happens')
  .option('--flow <name>', 'of this flow only')
  .addOption(new Option('--state <state>', 'in this state only').choices([...runStates]))
  .option('-n, --lines <count>', 'how many to begin with', readCount, 20)
  .option('--once', 'do not follow')
  .option(...retailerOption)
  .action((options: { flow?: string; state?: (typeof runStates)[number]; lines: number; once?: boolean; retailer?: string }) =>
    session(({ api, settings, json }) => runsTail(api, settings, { ...options, json })),
  );

program
  .command('run')
  .command('show <id>')
  .description('steps and exceptions of one run')
  .action((id: string) => session(({ api, out }) => runShow(api, out, id)));

async function session(work: (session: Session) => Promise<void>): Promise<void> {
  const given = program.opts<GlobalOptions>();
  const settings = readSettings(given, readCliEnv());
  const json = given.json === true;
  try {
    await work({ api: openApi(settings), out: createOutput(json), settings, json });
  } catch (error) {
    throw explain(error, settings.url);
  }
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 200) throw new InvalidArgumentError('A whole number from 1 to 200.');
  return count;
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CliError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  } else if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') {
    // Commander has said it already; its own success (help asked for) is 0.
    process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  } else {
    throw error;
  }
}
