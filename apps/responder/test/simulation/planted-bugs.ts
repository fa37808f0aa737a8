/** One defect as somebody could make it: a piece of the source, and what stands there instead. */
export interface PlantedBug {
  readonly name: string;
  /** Below `src/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The promises that it breaks, one of them first. */
  readonly breaks: readonly string[];
  /** A history that showed it: the search begins there. */
  readonly shownBy?: number;
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'decide: no clock for the answer to a page',
    file: 'incidents/core/rules/page-level.ts',
    from: 'orderClock(draft, page.id);',
    to: '',
    breaks: ['nobody-waits-for-nobody'],
  },
  {
    name: 'decide: a missed update calls nobody',
    file: 'incidents/core/updates/miss-update.ts',
    from: 'if (incident.snoozedUntil === null) callFor(draft, clock, about);',
    to: '',
    breaks: ['missed-updates-escalate'],
  },
  {
    name: 'decide: a page moves on although it was answered',
    file: 'incidents/core/timers/acknowledgment-due.ts',
    from: `if (page.acknowledgedAt !== null) return nothing('acknowledged in time');`,
    to: '',
    breaks: ['moves-on-only-unanswered'],
  },
  {
    name: 'decide: an unanswered page moves on to the top',
    file: 'incidents/core/timers/acknowledgment-due.ts',
    from: 'const highest = Math.max(2, incident.escalationLevel);',
    to: 'const highest = 4;',
    breaks: ['moves-on-only-unanswered'],
  },
  {
    name: 'decide: after a late wake-up only the newest level is called',
    file: 'incidents/core/timers/escalation-due.ts',
    from: 'for (let level = first; level',
    to: 'for (let level = reached; level',
    breaks: ['escalation-by-document'],
    shownBy: 1254,
  },
  {
    name: 'decide: the matrix counts hours for minutes',
    file: 'incidents/core/rules/open-incident.ts',
    from: `[{ kind: 'escalation', dueAt: after(level.fromMinutes)`,
    to: `[{ kind: 'escalation', dueAt: after(level.fromMinutes * 60)`,
    breaks: ['escalation-by-document'],
  },
  {
    name: 'decide: levels whose time came while the harm was away are forgotten',
    file: 'incidents/core/rules/follow-harm.ts',
    from: 'rearmEscalation(draft);',
    to: '',
    breaks: ['escalation-by-document'],
    shownBy: 31,
  },
  {
    name: 'decide: the clock of nobody is forgotten when the harm comes back',
    file: 'incidents/core/rules/follow-harm.ts',
    from: 'if (newest === undefined) return draft.order(clockNow(nobodyKey(1)));',
    to: 'if (newest === undefined) return;',
    breaks: ['nobody-waits-for-nobody'],
    shownBy: 102,
  },
  {
    name: 'decide: a step that was started can be started again',
    file: 'incidents/core/decide/start-step.ts',
    from: 'const step = incident.steps.find((one) => one.id === stepId);',
    to: `const found = incident.steps.find((one) => one.id === stepId);
      const step = found && { ...found, startedAt: null, status: 'approved' };`,
    breaks: ['no-step-twice'],
    shownBy: 277,
  },
  {
    name: 'decide: hands off does not hold at the start',
    file: 'incidents/core/decide/start-step.ts',
    from: `if (off !== null) return refuse('conflict', off);`,
    to: '',
    breaks: ['nothing-runs-unapproved'],
    shownBy: 6953,
  },
  {
    name: 'decide: somebody who asked for quiet is told that a phase is over its window',
    file: 'incidents/core/rules/nudge.ts',
    from: 'if (incident.snoozedUntil !== null)',
    to: 'if (incident.snoozedUntil === 0)',
    breaks: ['a-nudge-goes-to-who-answers'],
    shownBy: 81,
  },
  {
    name: 'decide: a level that the clock reaches asks for nobody outside',
    file: 'incidents/core/timers/escalation-due.ts',
    from: 'askForExternal(draft, level);',
    to: '',
    breaks: ['outside-is-asked-with-its-level'],
  },
  {
    name: 'fold: an answer is for the newest page alone',
    file: 'incidents/core/evolve/pages.ts',
    from: 'isUnanswered(page) ? answer(page, by, at)',
    to: 'isUnanswered(page) && page === incident.pages.at(-1) ? answer(page, by, at)',
    breaks: ['every-page-is-answered-or-not', 'moves-on-only-unanswered'],
  },
  {
    name: 'fold: the row is written with what the log does not say',
    file: 'incidents/shell.ts',
    from: 'before === null ? insertSnapshot(tx, incident, at)',
    to: 'before === null ? insertSnapshot(tx, { ...incident, respondedAt: at }, at)',
    breaks: ['fold-equals-row'],
  },
  {
    name: 'dispatch: a message counts as sent before it is',
    file: 'comms/message-row.ts',
    from: `claimSet: \`state = 'sending'`,
    to: `claimSet: \`state = 'sent'`,
    breaks: ['no-page-is-lost', 'every-message-has-an-outcome'],
  },
  {
    name: 'dispatch: a send of unknown end is repeated unmarked',
    file: 'comms/message-row.ts',
    from: `, may_be_repeat = may_be_repeat or state = 'sending'`,
    to: '',
    breaks: ['a-repeat-is-in-doubt-and-marked'],
  },
  {
    name: 'dispatch: a row is taken although its holder lives',
    file: 'platform/row-queue.ts',
    from: 'and (lease_until is null or lease_until <= clock_timestamp()',
    to: 'and (lease_until is null or lease_until <= clock_timestamp() + 60000',
    breaks: ['a-repeat-is-in-doubt-and-marked'],
  },
  {
    name: 'dispatch: the outcome of a page is written before the incident hears of it, in another transaction',
    file: 'comms/send-message.ts',
    from: 'await sending.settleTogether(row.incident_id, (tx) => settle(sending, tx, row, { context, delivery }));',
    to: `if (delivery.outcome === 'delivered') await context.update(sending.db, "state = 'sent'"); else await sending.settleTogether(row.incident_id, (tx) => settle(sending, tx, row, { context, delivery }));`,
    breaks: ['every-message-has-an-outcome'],
  },
  {
    name: 'dispatch: a timer is ticked off before its effect, in another transaction',
    file: 'incidents/run-timers.ts',
    from: "await fireTimer(options, tx, row);\n    await context.update(tx, 'done_at = clock_timestamp()');",
    to: `await context.update(tx, 'done_at = clock_timestamp()');\n  }).then(() => options.db.transact(async (tx) => { await fireTimer(options, tx, row);\n  })).then(() => {`,
    breaks: ['nobody-waits-for-nobody', 'escalation-by-document'],
  },
  {
    name: 'dispatch: a send waits for what never comes',
    file: 'comms/send-message.ts',
    from: 'const settled = settledBefore(row);',
    to: 'await new Promise(() => {}); const settled = settledBefore(row);',
    breaks: ['every-history-ends'],
  },
  {
    name: 'dispatch: a timer is fired again and again',
    file: 'incidents/run-timers.ts',
    from: 'await fireTimer(options, tx, row);',
    to: 'while (row.id > 0) await fireTimer(options, tx, row);',
    breaks: ['every-history-ends'],
  },
];
