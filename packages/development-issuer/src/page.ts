import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
.warning{border:3px solid #a30000;padding:.5rem 1rem;font-weight:700}
form{border:1px solid #767676;border-radius:.25rem;padding:.75rem 1rem;margin:.75rem 0}
h2{font-size:1.1rem;margin:0}p{margin:.25rem 0}
button,select{font:inherit;padding:.35rem .75rem}button{background:#0b4f8a;color:#fff;border:0;border-radius:.25rem}
button:focus-visible,select:focus-visible{outline:3px solid #a30000;outline-offset:2px}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** What is written into the page as it is; everything else goes through {@link html}. */
export interface Html {
  readonly html: string;
}

/** A piece of a page: what is put into it is text, unless it is a piece itself. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  const written = values.map((value) => {
    if (typeof value === 'string') return escapeText(value);
    return 'html' in value ? value.html : value.map((piece) => piece.html).join('');
  });
  return { html: parts.map((part, at) => part + (written[at] ?? '')).join('') };
}

/** A whole page, which says on top that nothing here is real. */
export function pageOf(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – invented accounts – Tavolo</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="warning" role="note">Development only: invented accounts, no passwords. Never for real people.</p>
${content}
</main>
</body>
</html>
`.html;
}

/** A page needs nothing but itself; `formTargets` are where a form may lead in the end. */
export function pageHeaders(formTargets: readonly string[] = []): Readonly<Record<string, string>> {
  const targets = ["'self'", ...formTargets].join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
}

/** Answers with a page that says one thing. */
export function sayOnPage(response: ServerResponse, status: number, title: string, text: string) {
  response.writeHead(status, pageHeaders());
  response.end(pageOf(title, html`<p>${text}</p>`));
}

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
