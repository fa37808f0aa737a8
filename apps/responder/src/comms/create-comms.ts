import type { EpochMs } from '#facts';
import type { Incidents } from '#incidents';
import type { OnCallView, Person, ReadinessFacts } from '#oncall';
import { createTogether, type Database, type Logger, type Transaction } from '#platform';
import type { Sending } from './attempt.ts';
import type { LinkPurpose } from './acknowledge/link-token.ts';
import { acknowledgeSummary } from './acknowledge/acknowledge-summary.ts';
import type { Answered } from './acknowledge/acknowledge-for.ts';
import { openLink, type OpenedLink } from './acknowledge/open-link.ts';
import { openSummary, type OpenedSummary } from './acknowledge/open-summary.ts';
import { bringForward } from './bring-forward.ts';
import { hearSlack } from './callbacks/slack/hear-slack.ts';
import { hearTwilio } from './callbacks/hear-twilio.ts';
import type { ProviderAnswer, ProviderRequest } from './callbacks/provider-request.ts';
import { type ChannelsConfig, noChannels } from './config/channels-config.ts';
import type { Contact } from './contacts/contact.ts';
import { listContacts } from './contacts/list-contacts.ts';
import { sendCode } from './contacts/send-code.ts';
import { verifyContact } from './contacts/verify-contact.ts';
import { createProviders, type Providers } from './create-providers.ts';
import { providersInTurn, type ServerBack } from './providers-in-turn.ts';
import type { MailServer } from './email/mail-lane.ts';
import { enqueuePage } from './enqueue-page.ts';
import { readInbox, type InboxMessage } from './inbox/read-inbox.ts';
import { createPagesOut } from './pages-out.ts';
import { enqueueNotice, type Notice } from './notices/enqueue-notice.ts';
import { enqueueExternal } from './notices/enqueue-external.ts';
import { enqueueNudge } from './notices/enqueue-nudge.ts';
import type { CommsCommand } from './comms-command.ts';
import { enqueueUpdate } from './updates/enqueue-update.ts';
import { createTenantLinks, type TenantLinks } from './status-page/tenants/tenant-links.ts';
import { createReadinessFacts } from './readiness-facts.ts';
import { createUpdateDesk, type UpdateDesk } from './updates/update-desk.ts';
import { createDevices, type Devices } from './push/devices.ts';
import { startSending } from './start-sending.ts';

export interface CommsOptions {
  readonly db: Database;
  readonly incidents: Incidents;
  /** Everybody who may be paged, as of now. */
  readonly people: () => readonly Person[];
  readonly smtp?: MailServer;
  /** Absent: the inbox, and mail where `smtp` is. */
  readonly channels?: ChannelsConfig;
  /** Where the console is reached; pages carry a link to it. */
  readonly publicUrl?: string;
  /** Where visitors reach the status page; the incident's channel carries a link to it. */
  readonly statusPageUrl?: string | undefined;
  /** Whose status page it is, and where this responder would look for it: for links to tenants' own pages. */
  readonly statusPage?: { readonly serviceId: string; readonly url: string };
  /** Who would be called now; absent: nobody can be asked that. */
  readonly onCallNow?: () => OnCallView;
  /** Where providers reach this responder from outside; null or absent: they do not. */
  readonly callbackBase?: string | null;
  /** False: however many pages there are for an address, each goes out on its own. Default true. */
  readonly summarises?: boolean;
  /** How long what is said back to Slack may take; default 1.5 s of the 3 s that Slack waits. */
  readonly sayBackMs?: number;
  readonly log: Logger;
}

export interface Comms {
  /** Stores what an incident has us say, in the transaction that decided it. */
  enqueue(tx: Transaction, incidentId: string, command: CommsCommand): Promise<void>;
  /** Stores the messages of a notice: it informs a person about no incident. The same id twice is one. */
  inform(tx: Transaction, notice: Notice): Promise<void>;
  /** Drafts of updates, and what was told. */
  readonly updates: UpdateDesk;
  /** Links to tenants' own pages. */
  readonly tenantLinks: TenantLinks;
  /** Starts sending what is due; at least once each, never silently never. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when no page is due or being sent, at the latest after 1.5 s: what is less urgent waits for it. */
  pagesOut(): Promise<void>;
  /** A person's inbox, newest first. */
  inboxOf(person: string): Promise<readonly InboxMessage[]>;
  /** What a page's link leads to; looking changes nothing. */
  openLink(
    link: { readonly purpose: LinkPurpose; readonly token: string },
    now: EpochMs,
  ): Promise<OpenedLink>;
  /** The same for the link that acknowledges all of a summary. */
  openSummary(token: string, now: EpochMs): Promise<OpenedSummary>;
  /** Acknowledges what of a summary still waits, in the name of a person. */
  acknowledgeSummary(
    summaryId: string,
    who: { readonly person: Person; readonly via: string },
  ): Promise<Answered>;
  /** A person's contact methods; the verbs answer the one that they are about, and throw AppError. */
  contactsOf(person: Person, now: EpochMs): Promise<readonly Contact[]>;
  sendCode(person: Person, contact: string): Promise<void>;
  verifyContact(person: Person, given: { readonly contact: string; readonly code: string }): Promise<void>;
  /** What these people have proven of their contact methods, and whether providers take our credentials; asked at most once a minute. */
  readonly readinessFacts: (people: readonly Person[]) => Promise<ReadinessFacts>;
  /** A provider calls back: what became of a message, a key, a reply, a button. */
  hearTwilio(
    about: { readonly what: string; readonly messageId: string },
    request: ProviderRequest,
  ): Promise<ProviderAnswer>;
  hearSlack(request: ProviderRequest): Promise<ProviderAnswer>;
  /** Browsers that people add as contact methods. */
  readonly devices: Devices;
}

export function createComms(options: CommsOptions): Comms {
  const { db, incidents, people, log, smtp, channels = noChannels, callbackBase = null } = options;
  const publicUrl = options.publicUrl ?? null;
  const statusPageUrl = options.statusPageUrl ?? null;
  const providers = createProviders(channels, { db, smtp, callbackBase });
  const { summarises = true, onCallNow = () => null, sayBackMs } = options;
  const sending = {
    db,
    incidents,
    ...turnsOf(providers, options),
    publicUrl,
    summarises,
    admitTogether: createTogether(db),
    settleTogether: incidents.together,
  };
  const tenantLinks = tenantLinksOf(options);
  // Nobody outside reaches an address of this machine.
  const linkFor = options.statusPageUrl === undefined ? null : tenantLinks.make;
  const room = { db, incidents, people, channels, callbackBase, onCallNow, sayBackMs, linkFor };
  let running: { stop(): Promise<void> } | null = null;
  return {
    enqueue: (tx, incidentId, command) =>
      enqueue(tx, incidentId, command, { people: people(), publicUrl, channels }),
    updates: createUpdateDesk({ db, channels, people }),
    tenantLinks,
    inform: (tx, notice) => enqueueNotice(tx, notice, people()),
    start: async () => {
      running ??= await startSending({ ...room, sending, statusPageUrl, log });
    },
    stop: async () => {
      await running?.stop();
      running = null;
      for (const provider of Object.values(providers).flat()) provider.channel.close();
    },
    pagesOut: createPagesOut(db),
    inboxOf: (person) => readInbox(db, person),
    openLink: (link, now) => openLink({ db, incidents, people: people() }, link, now),
    openSummary: (token, now) => openSummary({ db, people: people() }, token, now),
    acknowledgeSummary: (summaryId, who) => acknowledgeSummary({ db, incidents }, summaryId, who),
    contactsOf: (person, now) => listContacts(db, person, now),
    sendCode: (person, contact) => sendCode(db, person, contact),
    verifyContact: (person, given) => verifyContact(db, person, given),
    readinessFacts: createReadinessFacts(db, providers),
    hearTwilio: (about, request) => hearTwilio(room, about, request),
    hearSlack: (request) => hearSlack(room, request),
    devices: createDevices(db, channels.push),
  };
}

/** One message a contact method, target or person, by the command's kind. */
function enqueue(
  tx: Transaction,
  incidentId: string,
  command: CommsCommand,
  about: {
    readonly people: readonly Person[];
    readonly publicUrl: string | null;
    readonly channels: ChannelsConfig;
  },
): Promise<void> {
  switch (command.kind) {
    case 'page':
      return enqueuePage(tx, incidentId, command, about);
    case 'nudge':
      return enqueueNudge(tx, incidentId, command, about);
    case 'mail-external':
      return enqueueExternal(tx, incidentId, command);
    case 'send-update':
      return enqueueUpdate(tx, incidentId, command, about.channels);
    case 'remind':
      return enqueueNotice(tx, command.notice, about.people);
    default:
      return command satisfies never;
  }
}

/** Each learns for itself: a customer's server that takes no updates leaves nothing out for pages, and no page waits for what is told. */
function turnsOf(
  providers: Providers,
  { db, log }: Pick<CommsOptions, 'db' | 'log'>,
): Pick<Sending, 'providers' | 'noticeProviders' | 'updateProviders'> {
  const onBack = (back: ServerBack): void =>
    void bringForward(db, back).catch((error: unknown) =>
      log.warn({ err: error, ...back }, 'what waits for a provider could not be brought forward'),
    );
  return {
    providers: providersInTurn(providers, { onBack }),
    noticeProviders: providersInTurn(providers, { insists: false }),
    updateProviders: providersInTurn(providers, { insists: false }),
  };
}

function tenantLinksOf({ db, statusPage, channels }: CommsOptions): TenantLinks {
  const customers = Object.keys(channels?.updates?.customers ?? {});
  const { serviceId = '', url = '' } = statusPage ?? {};
  return createTenantLinks(db, { serviceId, pageUrl: url, customers });
}
