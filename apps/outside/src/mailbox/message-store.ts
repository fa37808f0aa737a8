import PostalMime from 'postal-mime';

/** A message as it arrived. `to` are the recipients of the SMTP envelope, so that blind copies show too. */
export interface ReceivedMessage {
  id: string;
  /** ISO 8601, when the last byte was there. */
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  /** By lower-case name; a repeated header's values are joined by a line break. */
  headers: Record<string, string>;
  text: string;
  html?: string;
}

/** Reads a raw message (RFC 5322, MIME). Never fails: what cannot be decoded is kept as it is. */
export async function readMessage(
  raw: Buffer,
  envelope: { id: string; receivedAt: string; from: string; to: string[] },
): Promise<ReceivedMessage> {
  const mail = await PostalMime.parse(raw);
  const headers: Record<string, string> = {};
  for (const { key, value } of mail.headers) {
    headers[key] = headers[key] === undefined ? value : `${headers[key]}\n${value}`;
  }
  const body = { text: mail.text ?? '', ...(mail.html === undefined ? {} : { html: mail.html }) };
  return { ...envelope, subject: mail.subject ?? '', headers, ...body };
}

/** The last `limit` messages, in memory. */
export class MessageStore {
  readonly #limit: number;
  #messages: ReceivedMessage[] = [];
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** An id that no earlier message has, cleared ones included. */
  nextId(): string {
    this.#count += 1;
    return String(this.#count);
  }

  add(message: ReceivedMessage): void {
    this.#messages = [...this.#messages, message].slice(-this.#limit);
  }

  /** Oldest first. */
  all(): readonly ReceivedMessage[] {
    return this.#messages;
  }

  /** Those that came after the message with this id, oldest first. */
  after(id: number): readonly ReceivedMessage[] {
    return this.#messages.filter((message) => Number(message.id) > id);
  }

  find(id: string): ReceivedMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  clear(): void {
    this.#messages = [];
  }
}
