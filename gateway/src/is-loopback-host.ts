const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request names this machine as its host. Loopback is the only protection until callers are
 * known, and a web page whose name resolves to 127.0.0.1 (DNS rebinding) would be inside it.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackNames.has(host.replace(/:\d+$/u, '').toLowerCase());
}
