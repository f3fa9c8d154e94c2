// A loopback server for the test page: the bundled script, netlists, and one page without and two
// with a strict Content-Security-Policy.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Forbids code made at run time (no 'unsafe-eval') and scripts from anywhere else. */
export const strictPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** The same, but modules of WebAssembly may be made at run time. */
export const wasmPolicy = strictPolicy.replace("'self';", "'self' 'wasm-unsafe-eval';");

const policies: ReadonlyMap<string, string> = new Map([
  ['/strict', strictPolicy],
  ['/wasm', wasmPolicy],
]);

const page = '<!doctype html><meta charset="utf-8"><title>Deltaloom</title><body><script type="module" src="/page.js"></script>';

export interface PageServer {
  /** Such as http://127.0.0.1:40123, without a slash at the end. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Serves `/open`, `/strict` and `/wasm` (the page without a policy, and with each), `/page.js`, and `/netlists/NAME` from `netlists`. */
export async function servePage(script: string, netlists: ReadonlyMap<string, string>): Promise<PageServer> {
  const server: Server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    const netlist = netlists.get(pathname.replace(/^\/netlists\//, ''));
    const send = (type: string, body: string): void => void response.setHeader('content-type', `${type}; charset=utf-8`).end(body);
    const policy = policies.get(pathname);
    if (policy !== undefined) response.setHeader('content-security-policy', policy);
    if (policy !== undefined || pathname === '/open') send('text/html', page);
    else if (pathname === '/page.js') send('text/javascript', script);
    else if (netlist !== undefined) send('text/plain', netlist);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
