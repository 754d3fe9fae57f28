/** The parts of the PostgreSQL wire protocol (version 3) that carrying sessions over one backend needs. */

/** What a client says first. */
export type Opening =
  | { readonly kind: 'startup'; readonly parameters: ReadonlyMap<string, string> }
  /** Asks for TLS or GSSAPI encryption; answered `N`, the client goes on in clear on loopback. */
  | { readonly kind: 'encryption' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'unknown' };

const PROTOCOL_3 = 3;
const CANCEL_REQUEST = 80_877_102;
const ENCRYPTION_REQUESTS: ReadonlySet<number> = new Set([80_877_103, 80_877_104]);
const LONGEST_OPENING_BYTES = 10_000;
/** A client's single message; PGlite would need the same again in its own memory. */
const LONGEST_MESSAGE_BYTES = 64 * 1024 * 1024;

/** A client that does not speak the protocol. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Takes the opening message off the front of `buffer`; null = not all there yet. */
export function takeOpening(buffer: Buffer): { opening: Opening; rest: Buffer } | null {
  if (buffer.length < 4) return null;
  const length = buffer.readInt32BE(0);
  if (length < 8 || length > LONGEST_OPENING_BYTES) throw new ProtocolError('no opening message');
  if (buffer.length < length) return null;
  return { opening: readOpening(buffer.subarray(4, length)), rest: buffer.subarray(length) };
}

function readOpening(body: Buffer): Opening {
  const code = body.readInt32BE(0);
  if (ENCRYPTION_REQUESTS.has(code)) return { kind: 'encryption' };
  if (code === CANCEL_REQUEST) return { kind: 'cancel' };
  if (code >>> 16 !== PROTOCOL_3) return { kind: 'unknown' };
  const texts = body.subarray(4).toString('utf8').split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; index + 1 < texts.length && texts[index] !== ''; index += 2) {
    parameters.set(texts[index] ?? '', texts[index + 1] ?? '');
  }
  return { kind: 'startup', parameters };
}

/** Takes the next whole message off the front of `buffer`; null = not all there yet. */
export function takeMessage(
  buffer: Buffer,
): { type: string; message: Buffer; rest: Buffer } | null {
  if (buffer.length < 5) return null;
  const length = buffer.readInt32BE(1);
  if (length < 4 || length > LONGEST_MESSAGE_BYTES) throw new ProtocolError('message too long');
  if (buffer.length < 1 + length) return null;
  return {
    type: String.fromCharCode(buffer[0] ?? 0),
    message: buffer.subarray(0, 1 + length),
    rest: buffer.subarray(1 + length),
  };
}

/** The settings of `options`, as in `-c default_transaction_read_only=on --statement_timeout=5s`. */
export function readOptions(options: string): Map<string, string> {
  const settings = new Map<string, string>();
  const words = (options.match(/(?:\\.|[^\s\\])+/gs) ?? []).map((word) =>
    word.replace(/\\(.)/gs, '$1'),
  );
  for (const [index, word] of words.entries()) {
    const isValueOfC = words[index - 1] === '-c';
    const text = isValueOfC ? word : (/^(?:--|-c)(.+)$/s.exec(word)?.[1] ?? '');
    const [, name, value] = /^([A-Za-z_][\w.-]*)=(.*)$/s.exec(text) ?? [];
    if (name !== undefined) settings.set(name.replaceAll('-', '_'), value ?? '');
  }
  return settings;
}

/** What a client hears when it has opened a session; there is no password to ask for. */
export function greeting(serverVersion: string): Buffer {
  const parameters = [
    ['server_version', serverVersion],
    ['server_encoding', 'UTF8'],
    ['client_encoding', 'UTF8'],
    ['DateStyle', 'ISO, MDY'],
    ['integer_datetimes', 'on'],
    ['standard_conforming_strings', 'on'],
  ];
  return Buffer.concat([
    frame('R', Buffer.alloc(4)),
    ...parameters.map(([name, value]) =>
      frame('S', Buffer.from(`${name ?? ''}\0${value ?? ''}\0`)),
    ),
    frame('K', Buffer.alloc(8)),
    frame('Z', Buffer.from('I')),
  ]);
}

/** Ends a session; `sqlState` as in PostgreSQL's appendix A. */
export function fatal(sqlState: string, message: string): Buffer {
  return frame('E', Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`));
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}
