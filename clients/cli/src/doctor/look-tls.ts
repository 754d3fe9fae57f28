import { checkServerIdentity, connect } from 'node:tls';
import { createDeadline } from '@tavolo/deadline';
import { codeOf } from '../cli-error.ts';

/** What a server's certificate is like, the problems that would end a connection included. */
export interface TlsFacts {
  readonly validTo: Date;
  readonly validFrom: Date;
  readonly isNamed: boolean;
  /** As OpenSSL says it: `DEPTH_ZERO_SELF_SIGNED_CERT`; null = the chain ends at an authority this machine trusts. */
  readonly chainProblem: string | null;
}

/** Looks at a certificate without trusting it: nothing is sent over the connection. */
export async function lookTls(url: URL, timeoutMs: number): Promise<TlsFacts> {
  const deadline = createDeadline(timeoutMs);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const isName = !/^[\d.]+$|:/u.test(host);
  try {
    return await new Promise<TlsFacts>((resolve, reject) => {
      const socket = connect({
        host,
        port: Number(url.port || 443),
        ...(isName ? { servername: host } : {}),
        // Looked at, not used: the facts below say whether a real connection would be refused.
        rejectUnauthorized: false,
      });
      const fail = (error: unknown) => {
        socket.destroy();
        reject(Object.assign(new Error('no TLS'), { code: codeOf(error) }));
      };
      deadline.signal.addEventListener('abort', () => fail({ code: 'TIMEOUT' }), { once: true });
      socket.on('error', fail);
      socket.once('secureConnect', () => {
        const certificate = socket.getPeerCertificate();
        resolve({
          validFrom: new Date(certificate.valid_from),
          validTo: new Date(certificate.valid_to),
          isNamed: checkServerIdentity(host, certificate) === undefined,
          chainProblem: socket.authorized ? null : chainProblemOf(socket.authorizationError),
        });
        socket.end();
      });
    });
  } finally {
    deadline.release();
  }
}

/** Node's types say an error; it is OpenSSL's code as text, or an error with a code. */
function chainProblemOf(error: unknown): string | null {
  const code = typeof error === 'string' ? error : codeOf(error);
  // Of these the facts tell by themselves.
  return ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID'].includes(code)
    ? null
    : code;
}
