import { ProblemError } from '@tocsin/contract';
import { Command, CommanderError } from 'commander';
import { registerAlert } from './alert/register-alert.ts';
import { registerApply } from './apply/register-apply.ts';
import { colors as pc } from './colors.ts';
import { registerContact } from './contact/register-contact.ts';
import { registerDrill } from './drill/register-drill.ts';
import { registerExport } from './export/register-export.ts';
import { registerHandsOff } from './hands-off/register-hands-off.ts';
import { registerIncident } from './incident/register-incident.ts';
import { registerInit } from './init/register-init.ts';
import { registerLint } from './lint/index.ts';
import { registerLogin } from './up/register-login.ts';
import { registerLsp } from './lsp/index.ts';
import { registerOncall } from './oncall/register-oncall.ts';
import { registerPlan } from './plan/index.ts';
import { registerReport } from './report/register-report.ts';
import { registerReplay } from './replay/register-replay.ts';
import { registerReview } from './review/register-review.ts';
import { registerRunbook } from './runbook/register-runbook.ts';
import { registerSandbox } from './sandbox/register-sandbox.ts';
import { registerSilence } from './silence/register-silence.ts';
import { registerStatusPage } from './status-page/register-status-page.ts';
import { registerUp } from './up/up.ts';

const program = new Command('tocsin')
  .description('the outage runbook that runs itself')
  .version('0.1.0')
  .exitOverride();
for (const register of [
  registerUp,
  registerInit,
  registerLint,
  registerPlan,
  registerLsp,
  registerExport,
  registerDrill,
  registerReplay,
  registerIncident,
  registerHandsOff,
  registerAlert,
  registerReport,
  registerSilence,
  registerContact,
  registerOncall,
  registerApply,
  registerReview,
  registerRunbook,
  registerStatusPage,
  registerSandbox,
  registerLogin,
])
  register(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Says what went wrong in one sentence with its place. Exit 2: the command could not be carried out. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(`${pc.red('tocsin:')} ${error instanceof Error ? error.message : String(error)}`);
  // A refusal is said in the error's own words.
  if (error instanceof Error && error.cause instanceof Error && !(error.cause instanceof ProblemError))
    console.error(pc.dim(`  because: ${error.cause.message}`));
  return 2;
}
